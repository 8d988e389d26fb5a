import { faultOf } from '../../core/model/errors.ts';
import type { DueDone, WorkDone } from '../../core/ports/alerting/due.ts';
import type { Job, JobStore, KeptJob } from '../../core/ports/alerting/job-store.ts';
import type { Restores } from '../../core/ports/backup/restores.ts';
import type { UpkeepStore } from '../../core/ports/backup/upkeep.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { BackupWork } from '../../core/backup/work.ts';
import type { Admin } from '../../core/telling/own/admin.ts';
import type { BackupSource } from '../../server/pages/status/sources.ts';
import { isDoneWithin } from '../../platform/done-within.ts';
import { once } from '../../platform/late.ts';
import type { Work } from '../alerting/work-due.ts';
import type { LiveFilters } from '../live/live-filters.ts';
import type { Parts } from '../make-parts.ts';
import type { World } from '../world.ts';

/** How backups are made, beside runs and by posts for what is due. */
export interface Backups {
  /** Undefined: nobody makes any here. */
  readonly work: Work | undefined;
  readonly listeners: readonly RunListener[];
  /** Undefined: nobody shares a ledger. */
  readonly forPage: BackupSource | undefined;
}

export interface BackupsDeps {
  readonly live: LiveFilters;
  /** Undefined: there is nobody to be told of anything. */
  readonly admin: Admin | undefined;
  heard(done: readonly DueDone[]): void;
  /** What this server did since its start. */
  jobs(): readonly Job[];
}

type OwnWorld = Pick<World, 'env' | 'disk' | 'now' | 'sleep' | 'server' | 'version' | 'shutdown'>;

/** Who asks for what is due waits so long for a backup, which goes on after that, ms. */
const WAIT_MS = 20_000;
const LEAST_LEASE_MS = 60_000;
const UNDER_WAY: WorkDone = { kind: 'backup', name: 'backup', status: 'held', detail: 'under way', left: 1 };

/**
 * Only the service makes any by itself (`metrics`: it has them). Nothing of it is loaded as long as no file says
 * anything of backups.
 */
export function backupsBeside(
  parts: Parts,
  deps: BackupsDeps,
  world: OwnWorld & { readonly metrics: object | undefined },
): Backups {
  const { upkeep, own, restores } = parts.ledger;
  const { admin, live } = deps;
  const forPage = own && restores && sourceOf(own.jobs, restores, deps, world);
  if (upkeep === undefined || admin === undefined || world.metrics === undefined || parts.settings.dryRun)
    return { work: undefined, listeners: [], forPage };
  const load = once(() => createWork(parts, upkeep, { live, admin }, world));
  let under: Promise<readonly WorkDone[]> | undefined;
  const go: Work = (scope) =>
    (under ??= load()
      .then((work) => work(scope))
      .catch((error: unknown) => failed(error, scope))
      .then((done) => (deps.heard(done), done))
      .finally(() => (under = undefined)));
  const isWanted = (): boolean => under !== undefined || live.now().backup !== undefined;
  return {
    work: async (scope) => (isWanted() ? waited(go(scope), scope, world) : []),
    listeners: [
      {
        name: 'backup',
        ended: async ({ kind }, _over, scope) => {
          if (kind === 'plain' && isWanted()) await go(scope);
        },
      },
    ],
    forPage,
  };
}

/** The ledger could not say whether one is due, or keep that it was made: the next pass asks again. */
function failed(error: unknown, { log }: Scope): readonly WorkDone[] {
  const detail = faultOf(error).message;
  log.error({ error: detail }, 'backup not made');
  return [{ kind: 'backup', name: 'backup', status: 'failed', detail, left: 0 }];
}

async function waited(
  going: Promise<readonly WorkDone[]>,
  { signal }: Scope,
  world: Pick<World, 'sleep'>,
): Promise<readonly WorkDone[]> {
  return (await isDoneWithin(WAIT_MS, going, world, signal)) ? going : [UNDER_WAY];
}

function sourceOf(
  kept: JobStore,
  restores: Restores,
  { live: { now: inForce }, jobs }: Pick<BackupsDeps, 'live' | 'jobs'>,
  { server }: Pick<World, 'server'>,
): BackupSource {
  return {
    plan: () => inForce().backup,
    // What this server did is kept a little later.
    jobs: async () => {
      const own = jobs().map((job) => ({ ...job, server }));
      const isOwn = (job: KeptJob): boolean => own.some(({ kind, name }) => kind === job.kind && name === job.name);
      return [...own, ...(await kept.all()).filter((job) => job.server !== server || !isOwn(job))];
    },
    async restored() {
      const mark = await restores.mark();
      return mark === null ? null : { at: mark.at, copy: mark.copy, held: await restores.held() };
    },
  };
}

async function createWork(
  parts: Parts,
  store: UpkeepStore,
  { live, admin }: { readonly live: LiveFilters; readonly admin: Admin },
  world: OwnWorld,
): Promise<BackupWork> {
  const [{ createBackupWork }, { makeAll }, { runsBy }, { createSureTime }] = await Promise.all([
    import('../../core/backup/work.ts'),
    import('./make.ts'),
    import('../alerting/digests/runs-by.ts'),
    import('../../core/alerts/outbox/sending/sure-time.ts'),
  ]);
  const sure = createSureTime();
  return createBackupWork({
    plan: () => live.now().backup,
    store,
    admin,
    nextRun: await runsBy(),
    make: ({ to, keepDays }, at) => makeAll(parts, { to, keepDays, roots: parts.settings.fileRoots, ...at }, world),
    sure: (shared, { meter }) => sure({ own: world.now(), shared }, meter),
    leaseMs: Math.max(parts.ledger.sharing.leaseMs, LEAST_LEASE_MS),
    sleep: world.sleep,
    shutdown: world.shutdown,
  });
}
