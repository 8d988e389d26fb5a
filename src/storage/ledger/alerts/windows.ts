import type { WindowFacts } from '../../../core/model/alerting/facts.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { allGiven, withGiven } from '../../database/given-rows.ts';
import { inDays, nameOf } from './days.ts';
import { windowText } from './window-text.ts';

interface Given {
  readonly name: string;
  readonly at: number;
  readonly rev: number;
  readonly content: string;
  readonly over: string | null;
}
const GIVEN: Columns<Given> = { name: 'text', at: 'bigint', rev: 'integer', content: 'text', over: 'text' };

/**
 * A window that is part of its day already is not kept once more, and neither is an older revision. Gives back those
 * that were kept.
 */
export async function keepWindows(engine: Engine, facts: readonly WindowFacts[]): Promise<readonly WindowFacts[]> {
  const done = await inDays(engine, facts);
  const open = facts.filter((it) => !done.has(nameOf(it.filter, it.window.start)));
  if (open.length === 0) return [];
  const rows = newest(open).map(({ filter, window, revision, issues, spans }) => ({
    name: filter,
    at: window.start,
    rev: revision,
    content: windowText(issues),
    over: spans.length === 0 ? null : JSON.stringify(spans),
  }));
  const kept = await withGiven(engine, GIVEN, rows)
    .insertInto('sentry_monitor_issue_windows')
    .columns(['filter', 'window_start', 'revision', 'issues', 'spans'])
    .expression(allGiven(['name', 'at', 'rev', 'content', 'over'], ['name', 'at']))
    .onConflict((conflict) =>
      conflict
        .columns(['filter', 'window_start'])
        .doUpdateSet(({ ref }) => ({
          revision: ref('excluded.revision'),
          issues: ref('excluded.issues'),
          spans: ref('excluded.spans'),
        }))
        .whereRef('sentry_monitor_issue_windows.revision', '<=', 'excluded.revision'),
    )
    .returning(['filter', 'window_start'])
    .execute();
  const names = new Set(kept.map(({ filter, window_start: start }) => nameOf(filter, start)));
  return open.filter((it) => names.has(nameOf(it.filter, it.window.start)));
}

/** Of the same window the last one of the highest revision: a statement changes a row once. */
function newest(facts: readonly WindowFacts[]): readonly WindowFacts[] {
  const order = facts.toSorted((a, b) => a.revision - b.revision);
  return [...new Map(order.map((it) => [nameOf(it.filter, it.window.start), it])).values()];
}
