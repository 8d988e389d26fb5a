import type { PagerEvent } from './event-rules.ts';

/** What somebody who is woken reads: the summary, the details, the links. */
export function eventText({ payload, links = [] }: PagerEvent): string {
  if (payload === undefined) return '';
  const details = Object.entries(payload.custom_details ?? {}).map(([name, value]) => `${name}: ${textOf(value)}`);
  return [
    `${payload.severity}: ${payload.summary}`,
    ...details,
    ...links.map(({ href, text }) => (text === undefined ? href : `${text}: ${href}`)),
  ].join('\n');
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((it) => `\n  ${textOf(it)}`).join('');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
