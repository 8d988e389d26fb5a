import { HOUR_MS } from '../model/window.ts';
import type { At } from '../model/alerting/digest-plan.ts';
import type { WorkDone } from '../ports/alerting/due.ts';
import type { BackupPlan } from '../ports/backup/plan.ts';
import type { ClaimedUpkeep, UpkeepStore } from '../ports/backup/upkeep.ts';
import type { Clock } from '../ports/clock.ts';
import type { Scope } from '../ports/scope.ts';
import { lastRun, type NextRun } from '../schedules/runs.ts';
import type { Admin } from '../telling/own/admin.ts';
import type { BackupMade, ItemMade } from './make.ts';
import { tellBackup } from './tell.ts';

export interface BackupDeps extends Pick<Clock, 'sleep'> {
  /** Of the files in force; undefined: they say nothing of it. */
  plan(): BackupPlan | undefined;
  readonly store: UpkeepStore;
  readonly admin: Pick<Admin, 'tell'>;
  nextRun(at: At): NextRun;
  /** `now`: by the clock that all servers share; `sure`: so late it is for sure. Epoch ms. Never rejects. */
  make(plan: BackupPlan, at: { readonly now: number; readonly sure: number }): Promise<BackupMade>;
  /** Of an instant by the shared clock, as far as this server's clocks can be believed, epoch ms. */
  sure(shared: number, scope: Scope): number;
  readonly leaseMs: number;
  /** Ends when the process does. */
  readonly shutdown: AbortSignal;
}

/** Makes a backup that is due, on one of all servers. Rejects when the ledger cannot say whether one is. */
export type BackupWork = (scope: Scope) => Promise<readonly WorkDone[]>;

const NAME = 'backup';
/** Another server has begun it: whether it failed is asked so much later, ms. */
const ASK_AGAIN_MS = HOUR_MS / 6;
/** After a failure it is tried again: the first time so much later, then twice as late each time, ms. */
const [RETRY_MS, LAST_RETRY_MS] = [HOUR_MS, 24 * HOUR_MS];

export function createBackupWork(deps: BackupDeps): BackupWork {
  /** The ledger is not asked before, unless the schedule's next instant comes. */
  let asked = { slot: -Infinity, until: -Infinity };
  return async (scope) => {
    const plan = deps.plan();
    if (plan === undefined) return [];
    const now = await deps.store.now();
    const slot = lastRun(deps.nextRun(plan.at), now) ?? now;
    if (slot <= asked.slot && now < asked.until) return [];
    const claimed = await deps.store.claim(NAME, { slot, leaseMs: deps.leaseMs });
    asked = { slot, until: now + ASK_AGAIN_MS };
    return claimed === null ? [] : makeNow(plan, claimed, { now, sure: deps.sure(now, scope) }, deps);
  };
}

async function makeNow(
  plan: BackupPlan,
  { token, failures }: ClaimedUpkeep,
  at: { readonly now: number; readonly sure: number },
  deps: BackupDeps,
): Promise<readonly WorkDone[]> {
  const over = new AbortController();
  void keepClaim(token, AbortSignal.any([over.signal, deps.shutdown]), deps);
  const made = await deps.make(plan, at).finally(() => over.abort());
  const hasFailed = made.items.some((it) => 'fault' in it);
  const end = await deps.store.now();
  const retryMs = Math.min(RETRY_MS * 2 ** failures, LAST_RETRY_MS);
  await deps.store.settle(token, { failures: hasFailed ? failures + 1 : 0, againAt: hasFailed ? end + retryMs : null });
  await tellBackup(made, { plan, failures, retryMs }, deps.admin);
  return made.items.map(doneOf);
}

/** While a backup is made: a large one takes longer than a claim lasts. */
async function keepClaim(token: string, signal: AbortSignal, { store, leaseMs, sleep }: BackupDeps): Promise<void> {
  try {
    do await sleep(leaseMs / 3, signal);
    while (!signal.aborted && (await store.renew(token, leaseMs)));
  } catch {
    // It is over, or the ledger is away: then another server may make one as well, which does no harm.
  }
}

function doneOf(made: ItemMade): WorkDone {
  const own = { kind: 'backup', name: made.item, left: 0 } as const;
  if ('fault' in made) return { ...own, status: 'failed', detail: made.fault };
  return { ...own, status: 'done', detail: `${made.name}, ${made.bytes} bytes, restored and compared: ${made.said}` };
}
