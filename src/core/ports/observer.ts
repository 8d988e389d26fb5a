import type { RunSummary } from '../model/results.ts';
import type { Scope } from './scope.ts';

/** Is told of plain runs. Its own trouble never fails or delays one. */
export interface Observer {
  readonly name: string;
  /** The run goes on meanwhile. */
  runBegan?(runId: string, scope: Scope): Promise<void>;
  /** After the answer went out. */
  runEnded(summary: RunSummary, scope: Scope): Promise<void>;
}
