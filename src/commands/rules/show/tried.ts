import type { TriedMessage } from '../../../core/alerts/trial/try-rules.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Window } from '../../../core/model/window.ts';
import type { History } from '../history/choose.ts';

/** What a trial came to. */
export interface Tried {
  readonly span: Window;
  readonly history: History;
  /** Those that were tried. */
  readonly filters: readonly Filter[];
  readonly messages: readonly TriedMessage[];
  /** With the files as they were; undefined: nothing is compared. */
  readonly before: readonly TriedMessage[] | undefined;
  readonly was: readonly Filter[];
}
