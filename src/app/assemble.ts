import type { Express } from 'express';
import type { Complaint } from '../config/filters/complaint.ts';
import { type FilterSet, loadFilters, readFilterFiles, vetSinks, withComplaints } from '../config/filters/load.ts';
import { quote } from '../config/formats.ts';
import { type Env, onePerVariable, SettingsError, type SettingsFault, valueOf } from '../config/schema.ts';
import { type Given, readGiven } from '../config/secrets.ts';
import { FILTERS_PATH, loadSettings, variables as ownVariables, type Settings } from '../config/settings.ts';
import { createAfterwards } from '../core/backfill/afterwards.ts';
import { createRanges, type Ranges } from '../core/backfill/fill-range.ts';
import { createCourier } from '../core/delivery/courier.ts';
import type { Item } from '../core/model/item.ts';
import type { Ledger } from '../core/ports/ledger.ts';
import { NOBODY, type RunListener } from '../core/ports/run-listener.ts';
import type { Log, Scope } from '../core/ports/scope.ts';
import type { Sink } from '../core/ports/sink.ts';
import type { Source } from '../core/ports/source.ts';
import { type BacklogGate, createBacklogGate } from '../core/run/backlog-gate.ts';
import { joinRuns, type Runner } from '../core/run/join-runs.ts';
import { createListeners, type Listeners } from '../core/run/listeners.ts';
import type { Ports } from '../core/run/ports.ts';
import { openScope, type ScopeDeps } from '../core/run/scope.ts';
import type { Metrics } from '../integrations/observers/metrics/index.ts';
import { ping, PING } from '../integrations/observers/ping.ts';
import type { Built, Deps } from '../integrations/plugin.ts';
import { debugCourier } from '../integrations/sinks/debug.ts';
import { sinks as sinkRegistry } from '../integrations/sinks/index.ts';
import { sources } from '../integrations/sources/index.ts';
import type { SentrySource } from '../integrations/sources/sentry/index.ts';
import { createHttp, type Http, type HttpWatch } from '../platform/http/client.ts';
import { createLog } from '../platform/log.ts';
import { createRedactor, type Redact, redactAll } from '../platform/redact.ts';
import { type Memory, rememberRuns } from '../server/pages/data/memory.ts';
import { createPage } from '../server/pages/index.ts';
import { ledgers, memoryLedger, noLedger, withFallback } from '../storage/index.ts';
import { chooseSinks } from './choose-sinks.ts';
import type { World } from './world.ts';

/** Everything that is wrong with settings and filters, as lines for a person. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

export interface Program {
  readonly settings: Settings;
  readonly filters: FilterSet;
  readonly source: SentrySource;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly runner: Runner;
  /** Works off spans of windows. */
  readonly ranges: Ranges;
  readonly gate: BacklogGate;
  /** Adds the pages for people; undefined: they are not wanted. */
  readonly page: ((app: Express) => void) | undefined;
  readonly log: Log;
  readonly redact: Redact;
  readonly listeners: Listeners;
  /** A scope outside a run: at start, for observers. */
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

/** Every variable the program reads, its plug-ins' included. */
export const variables = [
  ...ownVariables,
  ...Object.values(sources).flatMap((it) => it.variables),
  ...Object.values(sinkRegistry).flatMap((it) => it.variables),
  ...ledgers.sql.variables,
];

/** The environment and its secrets; reads their files. */
export function givenBy({ env, disk }: Pick<World, 'env' | 'disk'>): Given {
  return readGiven(env, variables, (path) => Buffer.from(disk.readFileSync(path)).toString());
}

/** Settings and filters made into parts. Touches no network. Throws a StartError with all faults, masked. */
export function assemble(world: World, given: Given = givenBy(world), metrics?: Metrics): Program {
  const read = readAll(world, given, metrics?.http);
  const { settings, filters, source, sinks, ledger, log, redact } = read;
  metrics?.know({
    vendors: [source.name, ...sinks.map(({ name }) => name), ...(settings.heartbeatUrl === undefined ? [] : [PING])],
    sinks: sinks.map(({ name }) => name),
    filterFaults: filters.faults.length,
    log,
  });
  const deps: ScopeDeps = {
    now: world.now,
    sleep: world.sleep,
    log,
    deadlineMs: settings.runDeadlineMs,
    shutdown: world.shutdown,
  };
  const open: Program['openScope'] = (id, limitMs) => openScope(id, { ...deps, deadlineMs: limitMs });
  const memory = rememberRuns({ now: world.now, server: world.server, dryRun: settings.dryRun });
  const listeners = createListeners(listenersOf(read, metrics, settings.page ? memory : undefined), {
    openScope: open,
    log,
  });
  const real: Ports = {
    source,
    sinks,
    ledger,
    courier: (sink, leases, scope) => createCourier(sink, leases, scope, { ...deps, ears: listeners }),
    ears: listeners,
  };
  const debug: Ports = {
    ...real,
    ledger: noLedger,
    courier: (sink, _leases, scope) => debugCourier(sink, scope),
    ears: NOBODY,
  };
  const gate = createBacklogGate();
  const runner = joinRuns(real, debug, {
    ...deps,
    gate,
    ...(ledger.backlog === undefined ? {} : { afterwards: createAfterwards({ ...deps, gate }) }),
  });
  return {
    settings,
    filters,
    source,
    sinks,
    ledger,
    log,
    redact,
    gate,
    ranges: createRanges(real, { ...deps, gate }),
    runner,
    page: pageOf(read, memory, world, open),
    openScope: open,
    listeners,
  };
}

function listenersOf(
  { own, settings, http }: Read,
  metrics: Metrics | undefined,
  memory: Memory | undefined,
): readonly RunListener[] {
  return [
    ...(metrics === undefined ? [] : [metrics.listener]),
    ...own,
    ...(settings.heartbeatUrl === undefined ? [] : [ping(settings.heartbeatUrl, http)]),
    ...(memory === undefined ? [] : [memory.listener]),
  ];
}

function pageOf(
  { settings, filters, source, sinks, ledger, log, redact }: Read,
  memory: Memory,
  world: World,
  open: Program['openScope'],
): Program['page'] {
  const { page, pageToken: token, dryRun, settleMs } = settings;
  if (!page) return undefined;
  return createPage({
    filters: filters.filters,
    files: filters.faults,
    sinks,
    source,
    memory,
    readModel: ledger.readModel,
    token,
    redact,
    log,
    dryRun,
    settleMs,
    server: world.server,
    now: world.now,
    sleep: world.sleep,
    openScope: open,
  });
}

interface Read {
  readonly settings: Settings;
  readonly filters: FilterSet;
  readonly source: SentrySource;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly log: Log;
  readonly redact: Redact;
  readonly http: Http;
  /** What the source and the sinks bring. */
  readonly own: readonly RunListener[];
}

function readAll(world: World, given: Given, watch: HttpWatch | undefined): Read {
  const { env } = given;
  const faults: SettingsFault[] = [...given.faults];
  const settings = collect(faults, () => loadSettings(env));
  // Faults of our own settings do not hide those of sinks and filters: what they would have said is guessed.
  const chosen = chooseSinks(settings?.sinks, sinkRegistry, env, settings?.dryRun ?? true);
  faults.push(...chosen.faults);

  // Parts are built before the log exists, because the log masks their secrets; they get it by reference.
  const late: Late = { secrets: given.secrets, redact: given.redact };
  const deps = lateDeps(world, late, watch);
  const source = collect(faults, () => sources.sentry.build(env, deps, 'sentry'));
  const shared = ledgers.sql.wantedBy.some((variable) => valueOf(env, variable) !== undefined)
    ? collect(faults, () => ledgers.sql.build(env, deps, 'ledger'))
    : undefined;
  const built = chosen.names.map((name) => ({
    name,
    sink: collect(faults, () => sinkRegistry[name]!.build(env, deps, name)),
  }));
  faults.push(...vetRecountSinks(shared?.part, env, built));
  const filters = readFilters(
    settings?.filters ?? valueOf(env, 'FILTERS') ?? FILTERS_PATH,
    world,
    source,
    built,
    chosen.names,
  );
  const lines = [
    ...onePerVariable(faults).map(({ variable, text }) => `${variable}: ${text}`),
    ...fatalFilterFaults(filters, settings?.strictFilters ?? false),
  ];
  if (lines.length > 0 || settings === undefined || source === undefined) throw new StartError(lines.map(given.redact));

  const sinks = built.flatMap(({ sink }) => (sink === undefined ? [] : [sink]));
  const secrets = [
    ...given.secrets,
    ...settings.secrets,
    ...source.secrets,
    ...(shared?.secrets ?? []),
    ...sinks.flatMap((sink) => sink.secrets),
  ];
  const redact = createRedactor(secrets);
  const log = createLog(
    { level: settings.logLevel, format: settings.logFormat, server: world.server },
    redact,
    world.out,
  );
  Object.assign(late, { log, redact, secrets });
  const parts = sinks.map(({ part }) => discreet(part, redact));
  return {
    settings,
    filters,
    source: source.part,
    sinks: parts,
    ledger: ledgerOf(shared?.part, parts, world, log),
    log,
    redact,
    http: deps.http,
    own: [source, ...sinks].flatMap(({ listeners }) => listeners),
  };
}

function ledgerOf(shared: Ledger | undefined, sinks: readonly Sink[], { now }: World, log: Log): Ledger {
  const own = memoryLedger(now);
  return shared === undefined
    ? own
    : withFallback(shared, own, {
        now,
        log,
        repeatSafe: new Set(sinks.filter(({ repeatSafe }) => repeatSafe).map(({ name }) => name)),
      });
}

interface Late {
  readonly log?: Log;
  readonly redact: Redact;
  /** Of all parts. */
  readonly secrets: readonly string[];
}

function lateDeps(world: World, late: Late, watch: HttpWatch | undefined): Deps {
  const http = createHttp({
    now: world.now,
    sleep: world.sleep,
    random: world.random,
    userAgent: `sentry-monitor/${world.version}`,
    watch,
  });
  return {
    now: world.now,
    uuid: world.uuid,
    server: world.server,
    sleep: world.sleep,
    get log() {
      return late.log!;
    },
    redact: (text) => late.redact(text),
    // One vendor's answer may hold another one's key: a title that it quotes, a URL that it was given.
    http: (request) => http({ ...request, secrets: [...request.secrets, ...late.secrets] }),
  };
}

/** A key that got into an error's title is known to the readers of Sentry; a sink does not tell it to more people. */
function discreet(sink: Sink, redact: Redact): Sink {
  const hide = (items: readonly Item[]): readonly Item[] =>
    items.map((item) => ({ ...item, body: redactAll(item.body, redact) }));
  const { encodeCorrection } = sink;
  return {
    ...sink,
    encode: (report) => hide(sink.encode(report)),
    ...(encodeCorrection === undefined
      ? {}
      : { encodeCorrection: (told, report) => hide(encodeCorrection(told, report)) }),
  };
}

/** The value, or undefined after noting its faults. */
function collect<T>(faults: SettingsFault[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

/** Only what was set is looked at: the default may name a sink that is not enabled. */
function vetRecountSinks(ledger: Ledger | undefined, env: Env, built: readonly BuiltSink[]): readonly SettingsFault[] {
  const variable = 'RECOUNT_SINKS';
  const names = valueOf(env, variable) === undefined ? [] : (ledger?.recounts?.sinks ?? []);
  return names.flatMap((name): SettingsFault[] => {
    const found = built.find((it) => it.name === name);
    if (found === undefined)
      return [
        {
          variable,
          text: `${quote(name)} is no sink that is enabled; there are ${built.map((it) => it.name).join(', ')}`,
        },
      ];
    const part = found.sink?.part;
    return part === undefined || part.encodeCorrection !== undefined
      ? []
      : [
          {
            variable,
            text: `${name} cannot be corrected: ${part.uncorrectable ?? 'it has no records for it; leave it out'}`,
          },
        ];
  });
}

type BuiltSink = { readonly name: string; readonly sink: Built<Sink> | undefined };

function readFilters(
  path: string,
  { disk }: World,
  source: Built<Source> | undefined,
  built: readonly BuiltSink[],
  enabled: readonly string[],
): FilterSet {
  const { files, faults } = readFilterFiles(path, disk);
  const set = loadFilters(files, faults);
  const complaints: Complaint[] = [...vetSinks(set, enabled), ...(source?.vet(set.filters) ?? [])];
  for (const { name, sink } of built) {
    complaints.push(...(sink?.vet(set.filters.filter((filter) => filter.sinks?.includes(name) ?? true)) ?? []));
  }
  return withComplaints(set, complaints);
}

/** Faulty files are left out and named in every answer, unless nothing is left or nothing may be faulty. */
function fatalFilterFaults({ filters, faults }: FilterSet, strict: boolean): readonly string[] {
  return strict || filters.length === 0 ? faults.map(({ where, text }) => `${where}: ${text}`) : [];
}
