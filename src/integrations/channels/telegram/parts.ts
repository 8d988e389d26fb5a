import { shortText } from '../../../core/alerts/words/clean-text.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';

/** A piece of a text, and how it looks. */
export interface Part {
  readonly text: string;
  readonly type?: 'bold' | 'italic' | 'code';
  /** What it leads to. */
  readonly url?: string;
}

/** UTF-16 units of an address that becomes a link. */
const MOST_URL = 2000;
/** Code points of a line about an alert. */
const LINE = 500;

const SIGNS = { critical: '🔴', warning: '🟡', info: '🔵' } as const;

export function richParts(words: Worded): readonly Part[] {
  const { head, alerts, more, foot } = words;
  return [
    { text: calm(head), type: 'bold' },
    ...notesOf(words).map((note): Part => ({ text: `\n${calm(note)}` })),
    ...alerts.flatMap((alert) => alertParts(alert, alerts.length === 1)),
    ...(more === null ? [] : [{ text: '\n\n' }, linked(calm(more.text), more.url)]),
    { text: '\n\n' },
    { text: calm(foot), type: 'italic' },
    ...muteParts(alerts),
  ];
}

export function plainParts(words: Worded): readonly Part[] {
  const { head, alerts, more, foot } = words;
  const lines = [head, ...notesOf(words), ...alerts.map(lineOf), ...(more === null ? [] : [more.text]), foot];
  return [{ text: calm(lines.join('\n')) }];
}

/** Of several, when each ends is left out: there is room for ten without. */
function alertParts(alert: WordedAlert, isAlone: boolean): readonly Part[] {
  const { title, calls, why, hits, when, severity, state, rule, ends } = alert;
  const sign = state === 'resolved' ? '✅' : SIGNS[severity];
  const facts = calm([when, severity, rule].join('; '));
  const links = alert.links.filter(({ url }) => url.length <= MOST_URL);
  return [
    { text: `\n\n${sign} ` },
    { text: calm(title), type: 'bold' },
    ...calls.flatMap((call): readonly Part[] => [{ text: '\n' }, { text: calm(call), type: 'code' }]),
    { text: `\n${calm(why)}\n${facts}${ends === null || !isAlone ? '' : `\n${calm(ends)}`}` },
    ...hits.flatMap((hit): readonly Part[] => [{ text: '\n' }, linked(calm(hit.text), hit.url)]),
    ...links.flatMap(({ label, url }, index): readonly Part[] => [
      { text: index === 0 ? '\n' : ' · ' },
      { text: label, url },
    ]),
  ];
}

function lineOf({ title, why, when, rule, links }: WordedAlert): string {
  const [link] = links;
  return `${shortText(`${title}: ${why}; ${when}; ${rule}`, LINE)}${link === undefined ? '' : ` ${link.url}`}`;
}

function muteParts(alerts: readonly WordedAlert[]): readonly Part[] {
  const [first] = alerts;
  if (first === undefined) return [];
  return [{ text: `\nto mute ${alerts.length === 1 ? 'it' : 'the first'}: ` }, { text: first.mute, type: 'code' }];
}

function linked(text: string, url: string | null): Part {
  return url === null || url.length > MOST_URL ? { text } : { text, url };
}

function notesOf({ head, notes }: Worded): readonly string[] {
  return notes.filter((note) => note !== head);
}

/**
 * NOTE: Telegram makes a mention of every `@name`, and rings whoever has that name. A word joiner, which nobody sees,
 * keeps it a text.
 */
function calm(text: string): string {
  return text.replaceAll(/@(?=\w)/g, '@\u2060');
}
