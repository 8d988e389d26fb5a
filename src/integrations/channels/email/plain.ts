import { textBars } from '../../../core/chart/words.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';

/** A mail for who reads text alone. */
export function plainOf(words: Worded): string {
  const { head, chart, alerts, more, foot } = words;
  const parts = [
    [head, ...notesOf(words)].join('\n'),
    ...(chart === null ? [] : [textBars(chart).join('\n')]),
    ...alerts.map(alertText),
    ...(more === null ? [] : [`${more.text}${more.url === null ? '' : `: ${more.url}`}`]),
    // What follows such a line is a signature: answers leave it out.
    `-- \n${foot}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What the head does not say. */
export function notesOf({ head, notes }: Worded): readonly string[] {
  return notes.filter((note) => note !== head);
}

function alertText({ title, calls, why, when, severity, rule, ends, hits, mute, links }: WordedAlert): string {
  const said = [title, ...calls.map((call) => `    ${call}`)];
  const lines = [...said, why, `${when}; ${severity}; ${rule}`, ...(ends === null ? [] : [ends])];
  const events = hits.map(({ text, url }) => `    ${text}${url === null ? '' : `: ${url}`}`);
  return [...lines, ...events, ...links.map(({ label, url }) => `${label}: ${url}`), mute].join('\n');
}
