import { shortText } from '../../../core/alerts/words/clean-text.ts';
import { textBars } from '../../../core/chart/words.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';

/** Slack takes more, but then does not let it be edited. */
export const MOST_TEXT = 4000;
/** Code points of a line about an alert. */
const LINE = 500;

/** NOTE: these three and no others: what else is encoded, people see encoded. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** All of it in lines, escaped: the plain form, and what notifications and screen readers have. */
export function textOf(words: Worded, bars: readonly string[] = []): string {
  const { head, alerts, more } = words;
  const rest = [...alerts.map(lineOf), ...(more === null ? [] : [more.text]), footOf(words)];
  return escaped([head, ...notesOf(words), ...bars, ...rest].join('\n'));
}

/** A chart made of letters; none where there is no chart. */
export function barsOf({ chart }: Worded): readonly string[] {
  return chart === null ? [] : textBars(chart);
}

function lineOf({ title, why, when, rule, links, done }: WordedAlert): string {
  const [link] = links;
  const said = [...(done === null ? [] : [done]), why, when, rule].join('; ');
  return `${shortText(`${title}: ${said}`, LINE)}${link === undefined ? '' : ` ${link.url}`}`;
}

/** What the head does not say. */
export function notesOf({ head, notes }: Worded): readonly string[] {
  return notes.filter((note) => note !== head);
}

/** Who says it, and how to have it quiet. */
export function footOf({ foot, alerts }: Worded): string {
  const [first] = alerts;
  if (first === undefined) return foot;
  return `${foot}; to mute ${alerts.length === 1 ? 'it' : 'the first'}: ${first.mute}`;
}
