import type { Json } from '../e2e/json.ts';
import type { Posted } from '../e2e/service.ts';
import type { Holdings, Lane } from './holdings.ts';

/** HTTP status, status of the body, and what the header says. */
export function answerWords({ status, body, headers }: Posted): string {
  return `${status} ${body.status} ${headers.get('sentry-monitor-sent')}`;
}

/** `sent` when everything was accepted; else the status and the fates of the items. */
export function receiptWords(reports: readonly Json[], sink: string): string {
  const receipts = reports.flatMap(({ sinks }) => (sink in sinks ? [sinks[sink]] : []));
  const sum = (count: (receipt: Json) => number): number =>
    receipts.reduce((all: number, it: Json) => all + count(it), 0);
  const fates = [
    ['accepted', sum(({ accepted }) => accepted)],
    ['refused', sum(({ refused }) => refused.length)],
    ['uncertain', sum(({ uncertain }) => uncertain)],
    ['failed', sum(({ failed }) => failed)],
  ] as const;
  const statuses = [...new Set(receipts.map(({ status }: Json) => status as string))].sort().join(' + ');
  if (receipts.length === 0) return 'none';
  if (fates.slice(1).every(([, count]) => count === 0)) return statuses;
  return `${statuses}: ${fates
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => `${count} ${fate}`)
    .join(', ')}`;
}

/** `all once`, or what differs from it. `lanes`: which of them, by the name they have for people. */
export function storedWords({ lanes, wrong }: Holdings, names: Readonly<Record<string, readonly string[]>>): string {
  const named = Object.entries(names).map(([name, parts]): Lane => ({
    name,
    copies: lanes.filter((lane) => parts.includes(lane.name)).flatMap(({ copies }) => copies),
  }));
  const odd = named.filter(({ copies }) => copies.some((count) => count !== 1));
  const isNone = ({ copies }: Lane): boolean => copies.every((count) => count === 0);
  const there = named.filter((lane) => lane.copies.length > 0 && !isNone(lane));
  if (there.length === 0) return 'nothing';
  const words = odd.length === 0 ? [wrong.length === 0 ? 'all once' : 'each record once'] : odd.map(laneWords);
  const first = there.length === 1 && named.length > 2 ? [`only ${there[0]!.name}`] : words;
  return [...first, ...wrong].join(', ');
}

function laneWords({ name, copies }: Lane): string {
  const [least, most] = [Math.min(...copies), Math.max(...copies)];
  const present = copies.filter((count) => count > 0).length;
  if (most === 0) return `no ${name}`;
  if (least === most) return `${name} ${most} times`;
  if (most === 1) return `${present} of ${copies.length} ${name}`;
  const often = copies.filter((count) => count === most).length;
  return `${often} of ${copies.length} ${name} ${most} times${least === 0 ? ', the others not' : ''}`;
}

/** Parts and reasons of a report's gaps. */
export function missingWords(report: Json): string {
  if (report.error !== undefined) return 'not read';
  const gaps = (report.gaps as Json[]).map(({ part, reason }) => `${part} ${reason}`);
  return gaps.length === 0 ? '-' : [...new Set(gaps)].join(', ');
}

/** Seconds after the first one, to a tenth; several at one time as `n × time`. */
export function tryWords(tries: readonly { readonly at: number }[]): string {
  const counts = new Map<string, number>();
  for (const { at } of tries) {
    const seconds = String(Math.round((at - tries[0]!.at) / 100) / 10);
    counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
  }
  return [...counts].map(([seconds, count]) => (count === 1 ? seconds : `${count} × ${seconds}`)).join(', ');
}

/** Everything the answer says of what went wrong, in one text. */
export function troubleIn({ body }: Posted): string {
  const reports = body.reports as Json[];
  const ofSinks = reports.flatMap(({ sinks }) =>
    Object.values<Json>(sinks).flatMap(({ error, refused }) => [
      error,
      ...(refused as Json[]).map(({ why }) => why as string),
    ]),
  );
  const ofGaps = reports.flatMap(({ gaps }) => (gaps as Json[]).map(({ detail }) => detail as string));
  return [...ofSinks, ...ofGaps].filter((it) => it !== undefined).join('\n');
}
