import type { FilterSet } from '../config/filters/load.ts';
import { onePerVariable, SettingsError, type SettingsFault, valueOf } from '../config/schema.ts';
import type { Given } from '../config/secrets.ts';
import { FILTERS_PATH, loadSettings, type Settings } from '../config/settings.ts';
import type { Item } from '../core/model/item.ts';
import type { Ledger } from '../core/ports/ledger.ts';
import type { RunListener } from '../core/ports/run-listener.ts';
import type { Log } from '../core/ports/scope.ts';
import type { Sink } from '../core/ports/sink.ts';
import type { Source } from '../core/ports/source.ts';
import type { Built, Deps, Plugin } from '../integrations/plugin.ts';
import { sinks as sinkRegistry } from '../integrations/sinks/index.ts';
import { sources } from '../integrations/sources/index.ts';
import type { Http, HttpWatch } from '../platform/http/client.ts';
import { createLog } from '../platform/log.ts';
import { createRedactor, type Redact, redactAll } from '../platform/redact.ts';
import { ledgers, memoryLedger, withFallback } from '../storage/index.ts';
import { chooseSinks } from './choose-sinks.ts';
import { type Late, lateDeps } from './late-deps.ts';
import { StartError } from './start-error.ts';
import { type BuiltSink, fatalFilterFaults, readFilters, vetRecountSinks } from './vet.ts';
import type { World } from './world.ts';

/** What the program is made of. */
export interface Read {
  readonly settings: Settings;
  readonly filters: FilterSet;
  readonly source: Source;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly log: Log;
  readonly redact: Redact;
  readonly http: Http;
  /** What the source and the sinks bring. */
  readonly own: readonly RunListener[];
}

/** All that the settings make, and what is wrong with them. */
interface Wanted {
  readonly settings: Settings | undefined;
  readonly source: Built<Source> | undefined;
  readonly shared: Built<Ledger> | undefined;
  readonly built: readonly BuiltSink[];
  readonly faults: readonly SettingsFault[];
}

/** Faults of our own settings do not hide those of sinks and filters: what they would have said is guessed. */
function build({ env, faults: given }: Given, deps: Deps): Wanted {
  const faults: SettingsFault[] = [...given];
  const settings = collect(faults, () => loadSettings(env));
  const chosen = chooseSinks(settings?.sinks, sinkRegistry, env, settings?.dryRun ?? true);
  faults.push(...chosen.faults);
  const [name, plugin] = onlyOne<Plugin<Source>>(sources);
  const source = collect(faults, () => plugin.build(env, deps, name));
  const shared = ledgers.sql.wantedBy.some((variable) => valueOf(env, variable) !== undefined)
    ? collect(faults, () => ledgers.sql.build(env, deps, 'ledger'))
    : undefined;
  const built = chosen.names.map((sinkName) => ({
    name: sinkName,
    sink: collect(faults, () => sinkRegistry[sinkName]!.build(env, deps, sinkName)),
  }));
  faults.push(...vetRecountSinks(shared?.part, env, built));
  return { settings, source, shared, built, faults };
}

/** The registry's one source: there is no setting yet that would choose between two. */
function onlyOne<T>(registry: Readonly<Record<string, T>>): [name: string, plugin: T] {
  const [first, ...others] = Object.entries(registry);
  if (first === undefined || others.length > 0) throw new Error('which source is wanted is not known');
  return first;
}

/** Reads settings and filters, and builds what they name. Throws a StartError with all faults, redacted. */
export function readAll(world: World, given: Given, watch: HttpWatch | undefined): Read {
  const late: { -readonly [K in keyof Late]: Late[K] } = { secrets: given.secrets, redact: given.redact };
  const deps = lateDeps(world, late, watch);
  const { settings, source, shared, built, faults } = build(given, deps);
  const path = settings?.filters ?? valueOf(given.env, 'FILTERS') ?? FILTERS_PATH;
  const filters = readFilters(path, world, source, built);
  const lines = [
    ...onePerVariable(faults).map(({ variable, text }) => `${variable}: ${text}`),
    ...fatalFilterFaults(filters, settings?.strictFilters ?? false),
  ];
  if (lines.length > 0 || settings === undefined || source === undefined) throw new StartError(lines.map(given.redact));

  const sinks = built.flatMap(({ sink }) => (sink === undefined ? [] : [sink]));
  const parts = [source, ...(shared === undefined ? [] : [shared]), ...sinks];
  late.secrets = [...given.secrets, ...settings.secrets, ...parts.flatMap(({ secrets }) => secrets)];
  const redact = (late.redact = createRedactor(late.secrets));
  const { logLevel: level, logFormat: format } = settings;
  const log = (late.log = createLog({ level, format, server: world.server }, redact, world.out));
  const discreetSinks = sinks.map(({ part }) => discreet(part, redact));
  return {
    settings,
    filters,
    source: source.part,
    sinks: discreetSinks,
    ledger: ledgerOf(shared?.part, discreetSinks, world, log),
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
