import type { LogState } from '../../../../core/logs/read-log.ts';
import type { Window } from '../../../../core/model/window.ts';

/** How far the live search came. */
export interface LivePosition {
  /** All that came in before this was read, epoch ms. */
  readonly until: number;
  /** Id of the newest line; null: there was none. */
  readonly after: string | null;
  /** What is open; null: nothing. */
  readonly state: LogState | null;
  /** What was read without a break, the newest last. */
  readonly spans: readonly Window[];
}

/** What the intake keeps for itself between two looks. */
export interface Position {
  readonly live: LivePosition | null;
  /** End of the newest stretch of which people were told that it is missing, epoch ms. */
  readonly told: number;
}

const NOWHERE: Position = { live: null, told: 0 };

export function positionIn(text: string | null): Position {
  return text === null ? NOWHERE : { ...NOWHERE, ...(JSON.parse(text) as Partial<Position>) };
}
