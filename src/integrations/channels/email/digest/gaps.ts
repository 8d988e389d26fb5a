import { count } from '../../../../core/chart/count.ts';
import { momentIn, zoneTime } from '../../../../core/chart/zone-time.ts';
import type { Digest, DigestFilter } from '../../../../core/model/alerting/digest.ts';
import { escaped, heading, small } from '../markup.ts';
import { isWhole } from './table.ts';

/** Filters and stretches that are named. */
const MOST = { filters: 10, stretches: 5 };

/** What is not known; nothing where all is. */
export function gapsPart({ filters, zone, lacks = [] }: Digest): readonly string[] {
  const some = filters.filter((it) => !isWhole(it));
  if (some.length + lacks.length === 0) return [];
  const unread = lacks.map((line) => small(escaped(line)));
  const lines = some.slice(0, MOST.filters).map((it) => small(escaped(gapsSaid(it, zone))));
  const rest = some.length - lines.length;
  return [
    [
      heading('What is missing'),
      ...unread,
      ...lines,
      ...(rest > 0 ? [small(`and ${count(rest)} more filters`)] : []),
    ].join(''),
  ];
}

function gapsSaid({ filter, windows }: DigestFilter, zone: string): string {
  const { all, notCounted, incomplete, silent, gaps } = windows;
  const kinds = [
    [notCounted, 'not counted', 'not counted'],
    [incomplete, 'incomplete', 'incomplete'],
    [silent, 'silent', 'with a silent source'],
  ] as const;
  const said = kinds
    .filter(([value]) => value > 0)
    .map(([value, what, words]) => {
      const some = gaps.filter((gap) => gap.what === what);
      const when = some.slice(0, MOST.stretches).map(({ start, end }) => stretchSaid(start, end, zone));
      const rest = some.length - when.length;
      return `${count(value)} ${words} (${when.join(', ')}${rest > 0 ? `, and ${count(rest)} more` : ''})`;
    });
  return `${filter}: of ${count(all)} windows ${said.join('; ')}`;
}

/** The day once where both lie in it. */
function stretchSaid(start: string, end: string, zone: string): string {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const isOneDay = zoneTime(from, zone).day === zoneTime(to, zone).day;
  return `${momentIn(from, zone)} to ${isOneDay ? zoneTime(to, zone).clock : momentIn(to, zone)}`;
}
