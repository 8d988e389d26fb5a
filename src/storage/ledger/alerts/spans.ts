import type { FilterSpan } from '../../../core/ports/alerting/alert-store.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';

interface Span {
  readonly name: string;
  readonly since: number;
  readonly before: number;
}
const SPAN: Columns<Span> = { name: 'text', since: 'bigint', before: 'bigint' };

/** Rows of issues by window, of the spans. */
export function windowsIn(engine: Engine, asks: readonly FilterSpan[]) {
  return withSpans(engine, asks)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_windows as own', (join) =>
      join
        .onRef('own.filter', '=', 'name')
        .onRef('own.window_start', '>=', 'since')
        .onRef('own.window_start', '<', 'before'),
    );
}

/** The spans as the table `given` of a statement. */
export function withSpans(engine: Engine, asks: readonly FilterSpan[]) {
  return withGiven(
    engine,
    SPAN,
    asks.map(({ filter, from, to }) => ({ name: filter, since: from, before: to })),
  );
}
