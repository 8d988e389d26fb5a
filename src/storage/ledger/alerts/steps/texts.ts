import { type RawBuilder, sql } from 'kysely';
import type { Conclusion } from '../../../../core/ports/alerting/alert-store.ts';
import { checkpointsOf } from '../../../alerts/checkpoints.ts';
import type { Engine } from '../../../database/engine.ts';
import { inDays } from '../days.ts';
import { windowText } from '../window-text.ts';

/** A text of a decision that is put aside with its parts, and copied when it takes effect: some hundred kilobytes. */
export interface Aside {
  /** Below zero: parts that are to be kept afterwards count from there on. */
  readonly part: number;
  readonly content: string;
}

const WINDOW = -1;
const FIRST_STATE = -2;

/** Made as they are asked for. */
export function* textsOf({ facts, decided: { states } }: Conclusion): Generator<Aside> {
  yield { part: WINDOW, content: windowText(facts.issues) };
  for (const [index, { state }] of checkpointsOf(states).entries())
    yield { part: FIRST_STATE - index, content: JSON.stringify(state) };
}

/** As `keepWindows`. */
export async function copyWindow(engine: Engine, conclusion: Conclusion): Promise<void> {
  const { window, revision, spans } = conclusion.facts;
  if ((await inDays(engine, [conclusion.facts])).size > 0) return;
  const over = spans.length === 0 ? null : JSON.stringify(spans);
  await sql`insert into sentry_monitor_issue_windows (filter, window_start, revision, issues, spans)
    select filter, cast(${window.start} as bigint), cast(${revision} as integer), content, cast(${over} as text)
    from ${textAt(conclusion, WINDOW)}
    on conflict (filter, window_start) do update
      set revision = excluded.revision, issues = excluded.issues, spans = excluded.spans
      where sentry_monitor_issue_windows.revision <= excluded.revision`.execute(engine.db);
}

export async function copyStates({ db }: Engine, conclusion: Conclusion): Promise<void> {
  for (const [index, { window }] of checkpointsOf(conclusion.decided.states).entries())
    await sql`insert into sentry_monitor_rule_states (filter, window_start, state)
      select filter, cast(${window} as bigint), content from ${textAt(conclusion, FIRST_STATE - index)}`.execute(db);
}

function textAt({ filter, number }: Conclusion, part: number): RawBuilder<unknown> {
  return sql`sentry_monitor_decisions where filter = ${filter}
    and number = cast(${number} as bigint) and part = cast(${part} as integer)`;
}
