import type { Window } from '../../model/window.ts';
import type { DueDone } from '../../ports/alerting/due.ts';
import type { OwnBooks } from '../../ports/alerting/own-books.ts';
import type { WatchPlan } from '../../model/watches/watch-plan.ts';
import type { KeptWatch } from '../../ports/watches/watch-store.ts';

/** What of a watch is looked at. */
export type PlannedWatch = Pick<WatchPlan, 'name' | 'everyMs' | 'isCertificate'>;

/** Where the report of the service comes from. */
export interface OwnDeps {
  readonly books: Pick<OwnBooks, 'accounts' | 'size'> & { readonly jobs: Pick<OwnBooks['jobs'], 'all'> };
  /** Whether files still ask for this work. */
  isWanted(job: Pick<DueDone, 'kind' | 'name'>): boolean;
  /** Whether files ask for backups. */
  hasBackup(): boolean;
  watches(): { readonly plans: readonly PlannedWatch[]; all(): Promise<readonly KeptWatch[]> } | undefined;
  /** Of a folder, or of where the service runs; null: not known. */
  disk(folder: string | null): { readonly bytes: number; readonly free: number } | null;
  readonly version: string;
  readonly node: string;
}

export interface OwnSlot extends Window {
  readonly late: boolean;
  /** By the clock that all servers share, epoch ms. */
  readonly now: number;
}
