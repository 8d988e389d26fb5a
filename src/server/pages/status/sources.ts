import type { WatchPlan } from '../../../core/model/watches/watch-plan.ts';
import type { KeptWatch } from '../../../core/ports/watches/watch-store.ts';
import type { Job, KeptJob } from '../../../core/ports/alerting/job-store.ts';
import type { BackupPlan } from '../../../core/ports/backup/plan.ts';
import type { HeldCount, RestoreMark } from '../../../core/ports/backup/restores.ts';
import type { PageAlerting } from '../data/alerts/of-page.ts';
import type { PageEvents } from '../issues/read.ts';

/** Something that will be due. */
export interface NextDue {
  readonly kind: string;
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A ledger that was made of a copy. */
export interface RestoredLedger extends Pick<RestoreMark, 'at' | 'copy'> {
  readonly held: HeldCount;
}

/** Backups, as the page shows them. */
export interface BackupSource {
  plan(): BackupPlan | undefined;
  /** What all servers did last. */
  jobs(): Promise<readonly KeptJob[]>;
  /** Null: it never was. */
  restored(): Promise<RestoredLedger | null>;
}

/** Where the blocks of the page of the status come from; absent: there is none of it. */
export interface StatusSources {
  readonly watches?: { all(): Promise<readonly KeptWatch[]>; plans(): readonly WatchPlan[] } | undefined;
  readonly events?: PageEvents | undefined;
  readonly alerting?: PageAlerting | undefined;
  readonly backup?: BackupSource | undefined;
  /** What is due next, the soonest first. */
  schedules(now: number): Promise<readonly NextDue[]>;
  /** What this server did since its start. */
  jobs(): readonly Job[];
}
