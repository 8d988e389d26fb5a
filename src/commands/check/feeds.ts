import type { FilterSet } from '../../config/filters/load.ts';
import { ageText } from '../../core/alerts/words/times.ts';

type Files = Pick<FilterSet, 'sheets' | 'calendars' | 'parts' | 'reminders' | 'peopleSheets'>;

/**
 * `duties: csv https://docs.example.com/duties.csv; every 30 min; reminders: turns`. Of an address that is a secret the
 * variable that has it.
 */
export function feedLines(set: Files): readonly { readonly what: 'sheet' | 'calendar'; readonly line: string }[] {
  const of = (what: 'sheet' | 'calendar') => {
    const section = what === 'sheet' ? 'sheets' : 'calendars';
    return set[section].map(({ name, everyMs }) => {
      const { texts } = set.parts.find((part) => part.section === section && part.name === name)!;
      return { what, line: [`${name}: ${placeOf(texts)}`, `every ${ageText(everyMs)}`, usesOf(name, set)].join('; ') };
    });
  };
  return [...of('sheet'), ...of('calendar')];
}

function placeOf(texts: Readonly<Record<string, string>>): string {
  const [kind, place] = Object.entries(texts).find(([key]) => KINDS.test(key))!;
  const secret = kind.endsWith('-secret');
  return secret ? `${kind.replace('-secret', '')} at the address in ${place}` : `${kind} ${place}`;
}

const KINDS = /^(?:csv|xlsx|ics)(?:-secret)?$/;

/** Who goes by it. */
function usesOf(name: string, { reminders, peopleSheets }: Files): string {
  const own = reminders.filter(
    ({ what }) => ('sheet' in what && what.sheet === name) || ('calendar' in what && what.calendar === name),
  );
  const parts = [
    ...(own.length === 0 ? [] : [`reminders: ${own.map((it) => it.name).join(', ')}`]),
    ...(peopleSheets.some(({ sheet }) => sheet === name) ? ['persons'] : []),
  ];
  return parts.length === 0 ? 'nothing names it' : parts.join('; ');
}
