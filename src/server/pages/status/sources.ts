import type { WatchPlan } from '../../../core/model/watches/watch-plan.ts';
import type { KeptWatch } from '../../../core/ports/watches/watch-store.ts';
import type { Job } from '../../../core/ports/alerting/job-store.ts';
import type { PageAlerting } from '../data/alerts/of-page.ts';
import type { PageEvents } from '../issues/read.ts';

/** Something that will be due. */
export interface NextDue {
  readonly kind: string;
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Where the blocks of the page of the status come from; absent: there is none of it. */
export interface StatusSources {
  readonly watches?: { all(): Promise<readonly KeptWatch[]>; plans(): readonly WatchPlan[] } | undefined;
  readonly events?: PageEvents | undefined;
  readonly alerting?: PageAlerting | undefined;
  /** What is due next, the soonest first. */
  schedules(now: number): Promise<readonly NextDue[]>;
  /** What this server did since its start. */
  jobs(): readonly Job[];
}
