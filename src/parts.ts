import type { Express } from 'express';
import type { Ledger } from './core/ledger.ts';
import type { Log, Observer, RunSummary, Scope, Sink, Source } from './core/ports.ts';
import type { Item } from './core/types.ts';
import { createAfterwards } from './core/afterwards.ts';
import { createCourier } from './core/courier.ts';
import { withFallback } from './core/fallback.ts';
import { createRanges, type Ranges } from './core/range.ts';
import { createRunner, type Runner } from './core/runner.ts';
import { openScope } from './core/scope.ts';
import { createTurns, type Turns } from './core/turns.ts';
import type { Ports, RunDeps } from './core/run.ts';
import { loadFilters, readFilterFiles, vetSinks, withComplaints, type FilterDisk, type FilterSet } from './filters.ts';
import { createHttp, type Http, type HttpWatch } from './http.ts';
import { ledgers } from './ledger/index.ts';
import { memoryLedger, noLedger } from './ledger/memory/index.ts';
import { createLog } from './log.ts';
import { masked, masker, type Mask } from './mask.ts';
import { createPage } from './page/index.ts';
import { rememberRuns } from './page/memory.ts';
import { heartbeat } from './observers/heartbeat.ts';
import type { Metrics } from './observers/metrics.ts';
import { ping, PING } from './observers/ping.ts';
import { onePerVariable, quote, SettingsError, valueOf, type Built, type Complaint, type Deps, type Env, type SettingsFault } from './plugin.ts';
import { readGiven, type Given } from './secrets.ts';
import { chooseSinks, FILTERS_PATH, loadSettings, variables as ownVariables, type Settings } from './settings.ts';
import { debugCourier } from './sinks/debug.ts';
import { sinks as sinkRegistry } from './sinks/index.ts';
import { sources } from './sources/index.ts';
import type { SentrySource } from './sources/sentry/index.ts';

/** What the program touches outside itself. Only main and cli have the real one. */
export interface World {
  readonly env: Env;
  readonly disk: FilterDisk & { readFileSync(path: string): Uint8Array };
  now(): number;
  uuid(): string;
  random(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Takes log lines, each with its line break. */
  readonly out: { write(line: string): unknown };
  readonly server: string;
  readonly version: string;
  readonly shutdown: AbortSignal;
}

/** Everything that is wrong with settings and filters, as lines for a person. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

export interface Parts {
  readonly settings: Settings;
  readonly filters: FilterSet;
  readonly source: SentrySource;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly runner: Runner;
  /** Works off spans of windows. */
  readonly ranges: Ranges;
  readonly turns: Turns;
  /** Adds the pages for people; undefined: they are not wanted. */
  readonly page: ((app: Express) => void) | undefined;
  readonly log: Log;
  readonly mask: Mask;
  /** Tells observers that a plain run begins. Never rejects. */
  begin(runId: string): Promise<void>;
  /** Tells every observer; their trouble is logged. */
  observe(summary: RunSummary): Promise<void>;
  /** A scope outside a run: at start, for observers. */
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

/** Every variable the program reads, its plug-ins' included. */
export const variables = [...ownVariables, ...Object.values(sources).flatMap((it) => it.variables), ...Object.values(sinkRegistry).flatMap((it) => it.variables), ...ledgers.sql.variables];

/** The environment and its secrets; reads their files. */
export function givenBy({ env, disk }: Pick<World, 'env' | 'disk'>): Given {
  return readGiven(env, variables, (path) => Buffer.from(disk.readFileSync(path)).toString());
}

/** Settings and filters made into parts. Touches no network. Throws a StartError with all faults, masked. */
export function assemble(world: World, given: Given = givenBy(world), metrics?: Metrics): Parts {
  const read = readAll(world, given, metrics?.http);
  const { settings, filters, source, sinks, ledger, log, mask } = read;
  metrics?.know({ vendors: [source.name, ...sinks.map(({ name }) => name), ...(settings.heartbeatUrl === undefined ? [] : [PING])], sinks: sinks.map(({ name }) => name), filterFaults: filters.faults.length, log });
  const deps: RunDeps = { now: world.now, sleep: world.sleep, log, deadlineMs: settings.runDeadlineMs, shutdown: world.shutdown, onOutcomes: metrics?.delivered };
  const real: Ports = { org: source.org, source: metrics?.watched(source) ?? source, sinks, ledger, courier: (sink, leases, scope) => createCourier(sink, leases, scope, deps) };
  const debug: Ports = { ...real, source, ledger: noLedger, courier: (sink, _leases, scope) => debugCourier(sink, scope) };
  const turns = createTurns();
  const runner = createRunner(real, debug, { ...deps, turns, ...(ledger.backlog === undefined ? {} : { afterwards: createAfterwards(real.courier, { ...deps, turns }) }) });
  const observers = [...(metrics === undefined ? [] : [metrics.observer]), ...sinks.filter(({ name }) => name === 'newrelic').map(heartbeat), ...(settings.heartbeatUrl === undefined ? [] : [ping(settings.heartbeatUrl, read.http)])];
  const open = (id: string, limitMs: number): ReturnType<typeof openScope> => openScope(id, { ...deps, deadlineMs: limitMs });
  return { settings, filters, source, sinks, ledger, log, mask, turns, ranges: createRanges(real, { ...deps, turns }), ...withPage(runner, read, world, open), openScope: open, ...telling(observers, open, log) };
}

/** The pages, and the runner that they listen to. */
function withPage(runner: Runner, { settings, filters, source, sinks, ledger, log, mask }: Read, world: World, open: Parts['openScope']): Pick<Parts, 'page' | 'runner'> {
  const { page, pageToken: token, dryRun, settleMs } = settings;
  if (!page) return { runner, page: undefined };
  const memory = rememberRuns(runner, { now: world.now, server: world.server, dryRun });
  return { runner: memory.runner, page: createPage({
    filters: filters.filters, files: filters.faults, sinks, source, memory, views: ledger.views, token, mask, log, dryRun, settleMs, server: world.server, now: world.now, sleep: world.sleep, openScope: open,
  }) };
}

/** An observer that takes longer is given up, ms. */
const OBSERVE_MS = 30_000;

type OpenScope = (id: string, limitMs: number) => Scope & { close(): void };

/** Each observer's trouble is its own. */
function telling(observers: readonly Observer[], open: OpenScope, log: Log): Pick<Parts, 'begin' | 'observe'> {
  const tell = async (run: string, act: (observer: Observer, scope: Scope) => Promise<void> | undefined): Promise<void> => {
    const scope = open(run, OBSERVE_MS);
    const told = await Promise.allSettled(observers.map(async (observer) => act(observer, scope)));
    scope.close();
    told.forEach((result, index) => {
      if (result.status === 'rejected') log.error({ run, observer: observers[index]?.name, error: String(result.reason) }, 'observer broke');
    });
  };
  return { begin: (runId) => tell(runId, (observer, scope) => observer.runBegan?.(runId, scope)), observe: (summary) => tell(summary.runId, (observer, scope) => observer.runEnded(summary, scope)) };
}

interface Read {
  readonly settings: Settings;
  readonly filters: FilterSet;
  readonly source: SentrySource;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly log: Log;
  readonly mask: Mask;
  readonly http: Http;
}

function readAll(world: World, given: Given, watch: HttpWatch | undefined): Read {
  const { env } = given;
  const faults: SettingsFault[] = [...given.faults];
  const settings = collect(faults, () => loadSettings(env));
  // Faults of our own settings do not hide those of sinks and filters: what they would have said is guessed.
  const chosen = chooseSinks(settings?.sinks, sinkRegistry, env, settings?.dryRun ?? true);
  faults.push(...chosen.faults);

  // Parts are built before the log exists, because the log masks their secrets; they get it by reference.
  const late: Late = { secrets: given.secrets, mask: given.mask };
  const deps = lateDeps(world, late, watch);
  const source = collect(faults, () => sources.sentry.build(env, deps, 'sentry'));
  const shared = ledgers.sql.wantedBy.some((variable) => valueOf(env, variable) !== undefined) ? collect(faults, () => ledgers.sql.build(env, deps, 'ledger')) : undefined;
  const built = chosen.names.map((name) => ({ name, sink: collect(faults, () => sinkRegistry[name]!.build(env, deps, name)) }));
  faults.push(...vetRecountSinks(shared?.part, env, built));
  const filters = readFilters(settings?.filters ?? valueOf(env, 'FILTERS') ?? FILTERS_PATH, world, source, built, chosen.names);
  const lines = [...onePerVariable(faults).map(({ variable, text }) => `${variable}: ${text}`), ...fatalFilterFaults(filters, settings?.strictFilters ?? false)];
  if (lines.length > 0 || settings === undefined || source === undefined) throw new StartError(lines.map(given.mask));

  const sinks = built.flatMap(({ sink }) => (sink === undefined ? [] : [sink]));
  const secrets = [...given.secrets, ...settings.secrets, ...source.secrets, ...(shared?.secrets ?? []), ...sinks.flatMap((sink) => sink.secrets)];
  const mask = masker(secrets);
  const log = createLog({ level: settings.logLevel, format: settings.logFormat, server: world.server }, mask, world.out);
  Object.assign(late, { log, mask, secrets });
  const parts = sinks.map(({ part }) => discreet(part, mask));
  return { settings, filters, source: source.part, sinks: parts, ledger: ledgerOf(shared?.part, parts, world, log), log, mask, http: deps.http };
}

function ledgerOf(shared: Ledger | undefined, sinks: readonly Sink[], { now }: World, log: Log): Ledger {
  const own = memoryLedger(now);
  return shared === undefined ? own : withFallback(shared, own, { now, log, repeatSafe: new Set(sinks.filter(({ repeatSafe }) => repeatSafe).map(({ name }) => name)) });
}

interface Late {
  readonly log?: Log;
  readonly mask: Mask;
  /** Of all parts. */
  readonly secrets: readonly string[];
}

function lateDeps(world: World, late: Late, watch: HttpWatch | undefined): Deps {
  const http = createHttp({ now: world.now, sleep: world.sleep, random: world.random, userAgent: `sentry-monitor/${world.version}`, watch });
  return {
    now: world.now, uuid: world.uuid, server: world.server, sleep: world.sleep, get log() { return late.log!; }, mask: (text) => late.mask(text),
    // One vendor's answer may hold another one's key: a title that it quotes, a URL that it was given.
    http: (request) => http({ ...request, secrets: [...request.secrets, ...late.secrets] }),
  };
}

/** A key that got into an error's title is known to the readers of Sentry; a sink does not tell it to more people. */
function discreet(sink: Sink, mask: Mask): Sink {
  const hide = (items: readonly Item[]): readonly Item[] => items.map((item) => ({ ...item, body: masked(item.body, mask) }));
  const { encodeCorrection } = sink;
  return { ...sink, encode: (report) => hide(sink.encode(report)), ...(encodeCorrection === undefined ? {} : { encodeCorrection: (told, report) => hide(encodeCorrection(told, report)) }) };
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
  const names = valueOf(env, variable) === undefined ? [] : ledger?.recounts?.sinks ?? [];
  return names.flatMap((name): SettingsFault[] => {
    const found = built.find((it) => it.name === name);
    if (found === undefined) return [{ variable, text: `${quote(name)} is no sink that is enabled; there are ${built.map((it) => it.name).join(', ')}` }];
    const part = found.sink?.part;
    return part === undefined || part.encodeCorrection !== undefined ? [] : [{ variable, text: `${name} cannot be corrected: ${part.uncorrectable ?? 'it has no records for it; leave it out'}` }];
  });
}

type BuiltSink = { readonly name: string; readonly sink: Built<Sink> | undefined };

function readFilters(path: string, { disk }: World, source: Built<Source> | undefined, built: readonly BuiltSink[], enabled: readonly string[]): FilterSet {
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
