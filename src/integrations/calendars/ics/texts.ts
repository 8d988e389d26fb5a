import type { Attendee, CalendarEvent } from '../../../core/model/people/calendar-event.ts';
import { linesOf, oneLine, shortened } from '../../../core/people/words.ts';
import { type JCalComponent, parameterOf, propertiesOf, textOf } from './property.ts';

const MOST_LETTERS = 500;
const MOST_TEXT = 5_000;
const MOST_ATTENDEES = 200;
type Texts = Pick<CalendarEvent, 'title' | 'place' | 'url' | 'text' | 'attendees'>;

/** What an event says in words, as one may show it. */
export function textsOf(event: JCalComponent): Texts {
  return {
    title: lineOf(textOf(event, 'summary') ?? ''),
    place: orNull(lineOf(textOf(event, 'location') ?? '')),
    url: urlOf(textOf(event, 'url')) ?? urlOf(textOf(event, 'x-google-conference')),
    text: orNull(shortened(linesOf(textOf(event, 'description') ?? ''), MOST_TEXT)),
    attendees: attendeesOf(event),
  };
}

function lineOf(text: string): string {
  return shortened(oneLine(text), MOST_LETTERS);
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function urlOf(text: string | undefined): string | null {
  if (text === undefined || text.length > 2_000 || !URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : null;
}

/** Those who have not said that they do not come. */
function attendeesOf(event: JCalComponent): readonly Attendee[] {
  return propertiesOf(event, 'attendee')
    .filter((it) => parameterOf(it, 'partstat')?.toUpperCase() !== 'DECLINED')
    .slice(0, MOST_ATTENDEES)
    .flatMap((it): Attendee[] => {
      const name = orNull(lineOf(parameterOf(it, 'cn') ?? ''));
      const [, email = null] = /^mailto:([^\s@]{1,64}@[^\s@]{1,190})$/i.exec(String(it[3])) ?? [];
      return name === null && email === null ? [] : [{ name, email: email?.toLowerCase() ?? null }];
    });
}
