import { type Given, readGiven } from '../config/secrets.ts';
import { createAfterwards } from '../core/backfill/afterwards.ts';
import { createRanges, type Ranges } from '../core/backfill/fill-range.ts';
import { createCourier, type MakeCourier } from '../core/delivery/courier.ts';
import type { Due } from '../core/ports/alerting/due.ts';
import type { FileFault, FiltersInForce } from '../core/ports/filters-in-force.ts';
import type { Finding } from '../core/ports/finding.ts';
import type { JobBook } from '../core/telling/own/job-book.ts';
import type { CronWatch } from '../core/telling/own/watch-cron.ts';
import { NOBODY, type RunListener } from '../core/ports/run-listener.ts';
import type { Scope } from '../core/ports/scope.ts';
import { type BacklogGate, createBacklogGate } from '../core/run/backlog-gate.ts';
import { joinRuns, type Runner } from '../core/run/join-runs.ts';
import { createListeners, type Listeners } from '../core/run/listeners.ts';
import type { Afterwards, Ports } from '../core/run/ports.ts';
import { countStreaks } from '../core/run/vendors/vendor-streaks.ts';
import { openScope, type ScopeDeps } from '../core/run/scope.ts';
import type { Metrics } from '../integrations/observers/metrics/index.ts';
import { deadMansSwitch } from '../integrations/observers/dead-mans-switch/index.ts';
import { statsd } from '../integrations/observers/statsd.ts';
import { debugCourier } from '../integrations/sinks/debug.ts';
import type { AddPages } from '../server/pages/index.ts';
import { type Memory, rememberRuns } from '../server/pages/data/memory.ts';
import { noLedger } from '../storage/index.ts';
import { type Alerting, createAlerting, isForRules } from './alerting/index.ts';
import { examineAtStart, inspect } from './examine/index.ts';
import { type Draft, draftParts, makeParts, type Parts } from './make-parts.ts';
import { createLiveFilters, type LiveFilters } from './live/live-filters.ts';
import { calendarsOf, sheetsOf } from './feeds/known.ts';
import { backupsBeside } from './backup/index.ts';
import { prepare } from './live/prepare.ts';
import { tellKnown, tellPeople } from './metrics-known.ts';
import { pagesOf } from './live/page.ts';
import { variables } from './part-kinds.ts';
import { dueOf, jobsBeside, type Looking, lookingBeside, watchesForPages } from './watches/beside.ts';
import type { World } from './world.ts';
import { ownFailures, vendorsOf } from './alerting/own-failures.ts';
import type { Told } from './alerting/told.ts';
import { workDue } from './alerting/work-due.ts';

export { variables } from './part-kinds.ts';

export interface Program extends Omit<Parts, 'readAtStart' | 'http' | 'own'> {
  /** The filters as they are now; `filters`: as they were read at the start. */
  readonly live: LiveFilters;
  /** The same with all that is wrong with them here. */
  inForce(): FiltersInForce;
  /** Undefined: nobody can be told anything. */
  readonly cron: Pick<CronWatch, 'go' | 'awaySince'> | undefined;
  readonly runner: Runner;
  /** Works off spans of windows. */
  readonly ranges: Ranges;
  readonly gate: BacklogGate;
  /** Adds the pages for people; undefined: they are not wanted. */
  readonly page: AddPages | undefined;
  readonly listeners: Listeners;
  /** What is odd about settings that can be read, known without a network. */
  readonly oddities: readonly Finding[];
  /** Looks at what the program depends on, with few requests. */
  examine(): AsyncIterable<Finding>;
  /** Works off what is due besides windows; null: the ledger cannot say what is. */
  due(runId: string): Promise<Due | null>;
  /** How people are told; undefined: the ledger keeps nothing for them. */
  readonly told: Told | undefined;
  /** Names of vendors that have failed in the last plain runs. */
  failing(): readonly string[];
  /** A scope outside a run: at start, for observers. */
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

/** The environment and its secrets; reads their files. */
export function givenBy({ env, disk }: Pick<World, 'env' | 'disk'>): Given {
  return readGiven(env, variables, (path) => Buffer.from(disk.readFileSync(path)).toString());
}

/** Settings and filters made into parts. Touches no network. Throws a StartError with all faults, redacted. */
export function assemble(
  world: World,
  given: Given = givenBy(world),
  metrics?: Metrics,
  draft: Draft = draftParts(world, given, metrics?.http),
): Program {
  const parts = makeParts(draft, world, given);
  const { settings, log } = parts;
  tellKnown(parts, metrics, world);
  const deps: ScopeDeps = { ...world, log, deadlineMs: settings.runDeadlineMs };
  const open: Program['openScope'] = (id, limitMs) => openScope(id, { ...deps, deadlineMs: limitMs });
  const memory = rememberRuns({ ...world, dryRun: settings.dryRun });
  const streaks = countStreaks({ ...vendorsOf(parts), log: parts.log });
  const live = liveFilters(parts, metrics, world, open);
  const { alerting, looking, backups, forPages } = besideRuns(parts, live, { ...world, metrics }, open);
  const inForce = (): FiltersInForce => withFaults(live.now(), alerting?.faults() ?? []);
  const others = [...backups.listeners, streaks.listener, ...ownFailures(parts, alerting, world.now)];
  const own = listenersOf(parts, metrics, settings.page ? memory : undefined);
  const listeners = createListeners([...own, ...looking.listeners, ...others], { openScope: open, log });
  const { real, debug } = portsOf(parts, { alerting, looking }, listeners, deps);
  const gate = createBacklogGate();
  const afterwards = afterwardsOf(parts, { ...deps, gate });
  return {
    ...parts,
    live,
    gate,
    ranges: createRanges(real, { ...deps, gate }),
    runner: joinRuns(real, debug, { ...deps, gate, afterwards }),
    inForce,
    cron: alerting?.cron,
    page: pagesOf(parts, { inForce, memory, openScope: open, ...forPages }, world),
    openScope: open,
    listeners,
    oddities: inspect(draft, given, world),
    examine: () => examineAtStart(draft, given, world),
    failing: streaks.failing,
    due: (runId) => workDue(dueOf(parts, alerting, looking, backups), open(runId, settings.runDeadlineMs)),
    told: alerting?.told,
  };
}

/** Of one process's own memory there is nothing to be done after a run. */
function afterwardsOf(
  { ledger, settings: { settleMs } }: Parts,
  deps: ScopeDeps & { readonly gate: BacklogGate },
): Afterwards | undefined {
  return ledger.backlog === undefined ? undefined : createAfterwards({ ...deps, settleMs });
}

function withFaults(inForce: FiltersInForce, more: readonly FileFault[]): FiltersInForce {
  return more.length === 0 ? inForce : { ...inForce, faults: [...inForce.faults, ...more] };
}

/** A debug run's parts are other objects with the same interfaces. */
function portsOf(
  { source, sinks, ledger }: Parts,
  { alerting, looking }: { readonly alerting: Alerting | undefined; readonly looking: Looking },
  progress: Listeners,
  deps: ScopeDeps,
): Record<'real' | 'debug', Ports> {
  const courier = (kind: 'real' | 'debug', others: MakeCourier): MakeCourier => {
    const own = alerting?.courier[kind];
    return own === undefined ? others : (sink, ...way) => (isForRules(sink) ? own : others)(sink, ...way);
  };
  const real: Ports = {
    source,
    sinks: alerting === undefined ? sinks : [...sinks, alerting.sink],
    ledger,
    courier: courier('real', (sink, leases, scope) => createCourier(sink, leases, scope, { ...deps, progress })),
    progress,
    messenger: alerting && looking.behind(alerting.messenger.real),
  };
  const shown = courier('debug', (sink, _leases, scope) => debugCourier(sink, scope));
  const messenger = alerting?.messenger.debug;
  return { real, debug: { ...real, ledger: noLedger, courier: shown, progress: NOBODY, messenger } };
}

/** What is done beside windows, and what pages show of it. */
function besideRuns(
  parts: Parts,
  live: LiveFilters,
  world: World & { readonly metrics: Metrics | undefined },
  open: Program['openScope'],
) {
  const jobs = jobsBeside(parts, world);
  const alerting = alertingOf(parts, live, { ...world, jobs }, open);
  const backups = backupsBeside(parts, { live, admin: alerting?.admin, heard: jobs.note, jobs: jobs.jobs }, world);
  const [around, look] = [{ live, alerting, jobs, backup: backups.forPage }, () => open('look', ADMIN_MS)];
  const looking = lookingBeside(parts, around, world);
  return { alerting, looking, backups, forPages: watchesForPages(looking.watching, around, look) };
}

/** `metrics`: only the service has them. */
function alertingOf(
  parts: Parts,
  { now: inForce }: LiveFilters,
  {
    now,
    sleep,
    server,
    uuid,
    metrics,
    jobs,
    ...place
  }: World & { readonly metrics: Metrics | undefined; readonly jobs: JobBook },
  open: Program['openScope'],
): Alerting | undefined {
  const { channels, toPerson, source, ledger, settings, log, tickets } = parts;
  const { publicUrl, page: hasPage, pageActions: hasActions, adminChannel, adminCollect, settleMs } = settings;
  const openScope = (): ReturnType<Program['openScope']> => open('admin', ADMIN_MS);
  const parted = { channels, toPerson, source, tickets, settleMs, ledger, log };
  const feeds = { sheets: sheetsOf(parts), calendars: calendarsOf(parts) };
  const alone = { ...parted, feeds, inForce, publicUrl, hasPage, hasActions, adminChannel, adminCollect };
  const alerting = createAlerting({
    ...alone,
    sourceOf: vendorsOf(parts).sourceOf,
    openScope,
    now,
    sleep,
    server,
    uuid,
    isService: metrics !== undefined,
    jobs,
    place,
    watch: metrics?.messages,
  });
  tellPeople(parts, metrics, alerting, inForce());
  return alerting;
}

/** For a message of our own, past the ledger, ms. */
const ADMIN_MS = 20_000;

function liveFilters(
  { readAtStart, settings, source, log }: Parts,
  metrics: Metrics | undefined,
  { now, sleep, disk }: World,
  open: Program['openScope'],
): LiveFilters {
  const openScope = (): ReturnType<Program['openScope']> => open('reload', settings.runDeadlineMs);
  const live = createLiveFilters(readAtStart, {
    now,
    sleep,
    disk,
    log,
    isStrict: settings.strictFilters,
    replaced: (next, fresh) => {
      metrics?.filters(next);
      void prepare(fresh, { source, log, openScope });
    },
  });
  metrics?.filters(live.now());
  return live;
}

function listenersOf(
  { own, settings, tickets, http, redact }: Parts,
  metrics: Metrics | undefined,
  memory: Memory | undefined,
): readonly RunListener[] {
  return [
    ...(metrics === undefined ? [] : [metrics.listener]),
    ...own,
    ...(tickets === undefined || settings.dryRun ? [] : [tickets.listener]),
    ...(settings.deadMansSwitch === undefined ? [] : [deadMansSwitch(settings.deadMansSwitch, { http, redact })]),
    ...(settings.statsd === undefined ? [] : [statsd(settings.statsd)]),
    ...(memory === undefined ? [] : [memory.listener]),
  ];
}
