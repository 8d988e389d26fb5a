import type { Item } from '../model/item.ts';
import type { WatchPlan } from '../model/watches/watch-plan.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import type { Measured, WatchValue } from '../ports/watches/watch.ts';

/** Brings a value to the sinks that take values. Null: they took it; else which did not, and why. Never rejects. */
export async function sendGauges(
  sinks: readonly Sink[],
  { name, labels, everyMs }: WatchPlan,
  { value, more }: Measured,
  { at, scope }: { readonly at: number; readonly scope: Scope },
): Promise<string | null> {
  const gauge = { watch: name, labels, everyMs, at, value: numberOf(value), more };
  const untaken = await Promise.all(
    sinks.map(async (sink) => {
      const items = sink.encodeGauge?.(gauge) ?? [];
      const why = items.length === 0 ? null : await refusalOf(sink, items, scope);
      return why === null ? [] : [`${sink.name} did not take it: ${why}`];
    }),
  );
  const all = untaken.flat();
  return all.length === 0 ? null : all.join('; ');
}

/** A text is no number. */
function numberOf(value: WatchValue): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
}

async function refusalOf(sink: Sink, items: readonly Item[], scope: Scope): Promise<string | null> {
  const outcomes = await sink.send(items, scope);
  const bad = outcomes.find((outcome) => outcome.status !== 'accepted');
  if (bad === undefined) return null;
  return bad.status === 'refused' ? bad.why : bad.fault.message;
}
