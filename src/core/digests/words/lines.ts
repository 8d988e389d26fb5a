import type { Digest, DigestFilter } from '../../model/alerting/digest.ts';
import { isEmpty } from '../make.ts';
import { many, number, someOf } from './counts.ts';
import { linesOfFilter } from './filter.ts';
import { chartLine } from './parts.ts';
import { storedLines } from './stored.ts';
import { zoneWords } from './times.ts';

/** So many filters without anything are named. */
const EMPTY = 20;

/** All that a digest says, in plain text: what it comes to first, and its times; then a part for each filter. */
export function linesOf(digest: Digest): readonly string[] {
  if (digest.since === 'delivered') return storedLines(digest);
  const { name, slot, zone, filters, late } = digest;
  const words = zoneWords(zone);
  const from = `from ${words.instant(slot.start)} to ${words.instant(slot.end)} ${zone}`;
  const lead = late ? `Late: ${name}` : name;
  if (isEmpty(digest)) {
    const [first] = filters;
    const of = filters.length === 1 ? first!.filter : `each of ${number(filters.length)} filters`;
    return [`${lead}: 0 of ${first?.windows.all ?? 0} windows with events, all complete; ${of}, ${from}`];
  }
  const [said, empty] = [filters.filter((it) => !isNothing(it)), filters.filter(isNothing)];
  return [
    `${lead}: ${headText(digest)}, up to ${words.instant(slot.end)}`,
    from.replace('from', 'From'),
    ...said.flatMap((of) => linesOfFilter(of, words, slot.end)),
    ...emptyLine(empty),
    ...chartLine(digest, words),
  ];
}

/** What came, and what of it is news. */
function headText({ filters }: Digest): string {
  const sum = (of: (filter: DigestFilter) => number): number => filters.reduce((all, it) => all + of(it), 0);
  const [counted, lost, silent] = [
    sum(({ windows }) => windows.counted),
    sum(({ windows }) => windows.notCounted + windows.incomplete),
    sum(({ windows }) => windows.silent),
  ];
  if (counted === 0) return 'nothing was counted';
  const events = many(
    sum((it) => it.events),
    'event',
  );
  const news = [
    [sum((it) => it.new.count), 'new'],
    [sum((it) => it.regressed.count), 'regressed'],
  ] as const;
  const parts = [
    lost > 0 ? `at least ${events}` : events,
    ...news.flatMap(([count, what]) => (count === 0 ? [] : [`${number(count)} ${what}`])),
    ...(silent > 0 ? ['the source was silent'] : []),
  ];
  return parts.join(', ');
}

function isNothing({ events, windows: { all, counted, incomplete }, rules, held, before }: DigestFilter): boolean {
  const isComplete = counted === all && incomplete === 0;
  return (
    events === 0 && isComplete && rules.length === 0 && Object.keys(held).length === 0 && (before.events ?? 0) === 0
  );
}

function emptyLine(empty: readonly DigestFilter[]): readonly string[] {
  const [first] = empty;
  if (first === undefined) return [];
  const names = someOf(
    empty.map(({ filter }) => filter),
    EMPTY,
  );
  return [`${names}: 0 of ${first.windows.all} windows with events, all complete`];
}
