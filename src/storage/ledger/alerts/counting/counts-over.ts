import type { FilterSpan, IssueCount } from '../../../../core/ports/alerting/alert-store.ts';
import type { Engine } from '../../../database/engine.ts';
import { windowsIn } from '../spans.ts';
import { eachCount, readIds } from './each-count.ts';

/** Of these issues, by filter and window. */
export async function countsOver(
  engine: Engine,
  asks: readonly (FilterSpan & { readonly issues: readonly string[] })[],
): Promise<ReadonlyMap<string, readonly IssueCount[]>> {
  const wanted = new Map(asks.map(({ filter, issues }) => [filter, new Set(issues)]));
  if (wanted.size === 0) return new Map();
  const rows = await windowsIn(engine, asks)
    .select(['own.filter', 'own.window_start', 'own.issues'])
    .orderBy('own.window_start')
    .execute();
  const found = new Map<string, IssueCount[]>();
  const ids = readIds();
  for (const { filter, window_start: start, issues } of rows) {
    const own = found.get(filter) ?? [];
    found.set(filter, own);
    eachCount(issues, ids, (id, events) => {
      if (wanted.get(filter)?.has(id) === true) own.push({ id, start, events });
    });
  }
  return found;
}
