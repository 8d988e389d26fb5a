import type { DigestBar, DigestBefore, DigestChart, DigestChartSpan, DigestWindows } from '../model/alerting/digest.ts';
import { DAY_MS, HOUR_MS, isoOf, PERIOD_MS, type Window } from '../model/window.ts';
import type { CountedSum, CountedWindow } from '../ports/alerting/digest-store.ts';

type Gap = DigestWindows['gaps'][number];

/** `counted`: the oldest first. */
export function windowsIn({ start, end }: Window, counted: readonly CountedWindow[]): DigestWindows {
  const all = (end - start) / PERIOD_MS;
  const byStart = new Map(counted.map((window) => [window.start, window]));
  const gaps: { start: number; end: number; what: Gap['what'] }[] = [];
  for (let at = start; at < end; at += PERIOD_MS) {
    const what = gapOf(byStart.get(at));
    if (what === null) continue;
    const last = gaps.at(-1);
    if (last?.end === at && last.what === what) last.end = at + PERIOD_MS;
    else gaps.push({ start: at, end: at + PERIOD_MS, what });
  }
  return {
    all,
    counted: counted.length,
    withEvents: counted.filter(({ events }) => events > 0).length,
    incomplete: counted.filter(({ complete }) => !complete).length,
    silent: counted.filter(({ silent }) => silent).length,
    notCounted: all - counted.length,
    gaps: gaps.map((gap) => ({ start: isoOf(gap.start), end: isoOf(gap.end), what: gap.what })),
  };
}

/** NOTE: a silent window is one with a gap, because nobody knows whether there was an event. */
function gapOf(window: CountedWindow | undefined): Gap['what'] | null {
  if (window === undefined) return 'not counted';
  if (window.silent) return 'silent';
  return window.complete ? null : 'incomplete';
}

/** The stretch of the same length that the slot follows. */
export function spanBefore({ start, end }: Window): Window {
  return { start: start - (end - start), end: start };
}

export function beforeOf(span: Window, sum: CountedSum | undefined, issues: number | undefined): DigestBefore {
  const all = (span.end - span.start) / PERIOD_MS;
  return {
    start: isoOf(span.start),
    end: isoOf(span.end),
    events: sum === undefined || sum.windows === 0 ? null : sum.events,
    issues: issues ?? null,
    complete: sum?.complete === all,
  };
}

/** Length of what a chart shows, and of a bar, ms. */
const CHARTS: Readonly<Record<DigestChartSpan, { readonly spanMs: number; readonly barMs: number }>> = {
  '12h': { spanMs: 12 * HOUR_MS, barMs: PERIOD_MS },
  '24h': { spanMs: DAY_MS, barMs: 2 * PERIOD_MS },
  '7d': { spanMs: 7 * DAY_MS, barMs: HOUR_MS },
};

/** What a chart up to that instant shows, and the length of a bar, ms. */
export function chartSpan(span: DigestChartSpan, end: number): Window & { readonly barMs: number } {
  const { spanMs, barMs } = CHARTS[span];
  return { start: end - spanMs, end, barMs };
}

/** `sums`: by the start of a bar; `filters`: how many are added up. */
export function chartOf(
  span: DigestChartSpan,
  { end: until, filters, sums }: { end: number; filters: number; sums: ReadonlyMap<number, CountedSum> },
): DigestChart {
  const { start, end, barMs } = chartSpan(span, until);
  const all = (barMs / PERIOD_MS) * filters;
  const bars = Array.from({ length: (end - start) / barMs }, (_, index): DigestBar => {
    const at = start + index * barMs;
    const sum = sums.get(at);
    return {
      start: isoOf(at),
      events: sum === undefined ? null : sum.events,
      counted: sum?.windows === all,
      complete: sum?.complete === all,
    };
  });
  return { span, start: isoOf(start), end: isoOf(end), barMs, bars };
}
