import { mayPass } from '../model/fault.ts';
import type { Outcome } from '../model/item.ts';
import type { Gauge } from '../model/watches/gauge.ts';
import type { WatchPlan } from '../model/watches/watch-plan.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import type { Measured, WatchValue } from '../ports/watches/watch.ts';

/** Brings a value to the sinks that take values. Null: they took it; else which did not, and why. Never rejects. */
export type SendGauge = (
  plan: Pick<WatchPlan, 'name' | 'labels' | 'everyMs'>,
  measured: Measured,
  at: number,
  scope: Scope,
) => Promise<string | null>;

/** So many values of a watch wait for a sink at most; the oldest go first. */
const MOST_WAITING = 48;

/** What a sink did not take for trouble that may pass goes again with the next value of the same watch. */
export function createGauges(sinks: readonly Sink[]): SendGauge {
  const lanes = sinks.map((sink) => ({ sink, waiting: new Map<string, readonly Gauge[]>() }));
  return async ({ name, labels, everyMs }, { value, more }, at, scope) => {
    const gauge: Gauge = { watch: name, labels, everyMs, at, value: numberOf(value), more };
    const untaken = await Promise.all(lanes.map((lane) => bring(gauge, lane, scope)));
    const all = untaken.flatMap((why) => why ?? []);
    return all.length === 0 ? null : all.join('; ');
  };
}

/** A text is no number. */
function numberOf(value: WatchValue): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
}

interface Lane {
  readonly sink: Sink;
  /** By watch, the oldest first. */
  readonly waiting: Map<string, readonly Gauge[]>;
}

/** Null: it took all, or wants nothing of it. */
async function bring(gauge: Gauge, { sink, waiting }: Lane, scope: Scope): Promise<string | null> {
  const { watch, at } = gauge;
  const young = (waiting.get(watch) ?? []).filter((it) => at - it.at < (sink.maxAgeMs ?? Infinity));
  const gauges = [...young, gauge];
  const items = gauges.map((it) => sink.encodeGauge?.(it) ?? []);
  waiting.delete(watch);
  if (items.flat().length === 0) return null;
  const outcomes = await sink.send(items.flat(), scope);
  const first = outcomes.find((outcome) => outcome.status !== 'accepted');
  if (first === undefined) return null;
  let place = 0;
  const left = gauges.filter((_, index) => {
    const own = outcomes.slice(place, (place += items[index]!.length));
    return own.some((outcome) => goesAgain(outcome, sink));
  });
  if (left.length > 0) waiting.set(watch, left.slice(-MOST_WAITING));
  return `${sink.name} did not take it: ${whyOf(first)}${left.length === 0 ? '' : AGAIN}`;
}

const AGAIN = '; it is sent again with the next value';

function whyOf(outcome: Exclude<Outcome, { status: 'accepted' }>): string {
  return outcome.status === 'refused' ? outcome.why : outcome.fault.message;
}

/** What may be stored already goes again only where a repeat does no harm. */
function goesAgain(outcome: Outcome, { repeatSafe }: Sink): boolean {
  if (outcome.status === 'uncertain') return repeatSafe;
  return outcome.status === 'failed' && mayPass(outcome.fault);
}
