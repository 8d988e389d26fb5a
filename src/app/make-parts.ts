import { type FilterSet, readFilterFiles } from '../config/filters/load.ts';
import { onePerVariable, type SettingsFault } from '../config/schema.ts';
import type { Given } from '../config/secrets.ts';
import { filtersPath, type Settings } from '../config/settings.ts';
import type { Filter } from '../core/model/filter.ts';
import type { Item } from '../core/model/item.ts';
import type { FileText } from '../core/ports/alerting/file-texts.ts';
import { EVENTS } from '../core/ports/events/intake.ts';
import type { Ledger } from '../core/ports/ledger.ts';
import type { RunListener } from '../core/ports/run-listener.ts';
import type { Log } from '../core/ports/scope.ts';
import type { Sink } from '../core/ports/sink.ts';
import type { Channel } from '../core/ports/alerting/channel.ts';
import type { Source } from '../core/ports/source.ts';
import type { Watch } from '../core/ports/watches/watch.ts';
import { manySources, sourceFor } from '../core/run/sources/many-sources.ts';
import { channels as channelRegistry } from '../integrations/channels/index.ts';
import type { Built, Deps } from '../integrations/plugin.ts';
import type { Http, HttpWatch } from '../platform/http/client.ts';
import { createLog } from '../platform/log.ts';
import { createPictures, type Pictures } from '../platform/pictures/pictures.ts';
import { createRedactor, type Redact, redactAll } from '../platform/redact.ts';
import { memoryLedger, withFallback } from '../storage/index.ts';
import type { MadeChannel } from './alerting/channels-in-use.ts';
import type { ToPerson } from './alerting/reminders/people-book.ts';
import { type Configuration, configure, ownSettings, secretsIn, type Wanted } from './configure.ts';
import { personPartsOf } from './file-parts.ts';
import { inFile, type InFile, sinkInItsWords, sourceInItsWords } from './words/own-words.ts';
import { pluginDeps, type Voice } from './plugin-deps.ts';
import { type Intakes, intakesOf } from './intakes/index.ts';
import { type LookedAt, madeLookedAt, partsByName } from './watches/looked-at.ts';
import { type TicketParts, ticketsOf } from './tickets/index.ts';
import { settleFiles } from './live/last-good.ts';
import type { ReadAtStart } from './live/live-filters.ts';
import { StartError } from './start-error.ts';
import { hintFor } from './examine/misspelt.ts';
import { type BuiltSink, fatalFilterFaults, filterJudge, judgedFilters, vetFilters, vetRecountSinks } from './vet.ts';
import { vetAdmin } from './alerting/vet/admin.ts';
import { vetPageActions } from './alerting/vet/page-actions.ts';
import { vetSlackButtons } from './alerting/vet/slack-buttons.ts';
import type { World } from './world.ts';

/** What the program is made of. */
export interface Parts extends LookedAt<ReadonlyMap<string, Watch>> {
  readonly settings: Settings;
  readonly filters: FilterSet;
  readonly readAtStart: ReadAtStart;
  /** All that are read, as one. */
  readonly source: Source;
  readonly sources: readonly Source[];
  /** The one that reads a filter. */
  sourceOf(filter: Filter): Source;
  readonly sinks: readonly Sink[];
  /** Names of their plug-ins, by name of the sink. */
  readonly sinkVendors: ReadonlyMap<string, string>;
  readonly channels: readonly MadeChannel[];
  readonly toPerson: ToPerson;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly redact: Redact;
  readonly http: Http;
  readonly pictures: Pictures;
  /** Undefined: there are none. */
  readonly intakes: Intakes | undefined;
  /** Undefined: there are none. */
  readonly tickets: TicketParts | undefined;
  /** What the source and the sinks bring. */
  readonly own: readonly RunListener[];
}

/** What settings and filters come to, also when they have faults: whatever has none is made. */
export interface Draft extends LookedAt<readonly BuiltPart<Watch>[]> {
  readonly config: Configuration;
  readonly sources: readonly BuiltPart<Source>[];
  readonly shared: Built<Ledger> | undefined;
  readonly sinks: readonly BuiltSink[];
  readonly channels: readonly BuiltChannel[];
  readonly toPerson: ToPerson;
  readonly filters: FilterSet;
  readonly readAtStart: ReadAtStart;
  /** Of settings, one a variable. */
  readonly faults: readonly SettingsFault[];
  readonly voice: Voice;
  readonly http: Http;
  readonly pictures: Pictures;
  readonly intakes: Intakes | undefined;
  readonly tickets: TicketParts | undefined;
}

/** A part that was made. */
interface BuiltPart<T> {
  readonly name: string;
  readonly built: Built<T>;
}

interface BuiltChannel extends BuiltPart<Channel>, Pick<MadeChannel, 'budget'> {}

/** Reads settings and filters, and makes what they name. Touches no network. `kept`: last good texts of the files. */
export function draftParts(
  world: World,
  given: Given,
  watch: HttpWatch | undefined,
  kept: readonly FileText[] = [],
): Draft {
  const own = ownSettings(given);
  const path = own.settings?.filters ?? filtersPath(given.env);
  const read = readFilterFiles(path, world.disk);
  const settled = settleFiles(read, kept, ({ files, faults }) => {
    const judged = judgedFilters(files, faults);
    const config = configure(given, own, judged);
    return { config, filters: vetFilters(judged, config) };
  });
  const { config, filters } = settled.judged;
  const voice = voiceOf(config, given, world);
  const { publicUrl, privateHosts, fileRoots } = config.settings ?? {};
  const pictures = createPictures();
  const deps = pluginDeps(world, voice, { watch, pictures, publicUrl, privateHosts, fileRoots });
  const shared = config.ledger && make(config.ledger, deps);
  const intakes = intakesOf(config, shared?.part, deps);
  const sources = config.sources.flatMap((wanted) => {
    const built = wanted.name === EVENTS && intakes === undefined ? undefined : make(wanted, { ...deps, intakes });
    return built === undefined ? [] : [{ name: wanted.name, built }];
  });
  const sinks = config.sinks.map((wanted) => ({ name: wanted.name, sink: make(wanted, deps) }));
  const tickets = ticketsOf(config, shared?.part, deps, { intakes, sources, filters: filters.filters });
  const told = channelsOf(config, { ...deps, tickets }, given);
  const faults = onePerVariable([
    ...config.faults,
    ...vetAdmin(config, given.env),
    ...vetPageActions(config),
    ...vetSlackButtons(config, given.env),
    ...vetRecountSinks(shared?.part, given.env, sinks),
  ]);
  const { texts, stale } = settled;
  const readAtStart = { path, read, texts, set: filters, stale, judge: filterJudge(config) };
  const made = { sources, shared, sinks, ...told, pictures, intakes, tickets, ...madeLookedAt(config, deps) };
  return { config, filters, readAtStart, faults, voice, http: deps.http, ...made };
}

/** What runs. Throws a StartError with all faults, redacted. */
export function makeParts(draft: Draft, world: World, given: Given): Parts {
  const { config, sinks, filters, voice, http } = draft;
  const { settings } = config;
  const lines = [
    ...draft.faults.map(({ variable, text }) => `${variable}: ${text}${hintFor(variable, given.env, filters)}`),
    ...fatalFilterFaults(filters, draft.readAtStart.stale, settings?.strictFilters ?? false),
  ];
  if (lines.length > 0 || settings === undefined) throw new StartError(lines.map(given.redact));

  const { log, redact } = voice;
  const sources = draft.sources.map(({ built }) => built);
  const made = sinks.flatMap(({ sink }) => sink ?? []);
  const placeOf = partPlaces(config);
  const readers = sources.map(({ part }) => sourceInItsWords(part, placeOf(part.name)));
  const discreetSinks = made.map(({ part }) => discreet(sinkInItsWords(part, placeOf(part.name)), redact));
  return {
    settings,
    filters,
    readAtStart: draft.readAtStart,
    source: manySources(readers, config.defaultSource),
    sources: readers,
    sourceOf: (filter) => sourceFor(filter, readers, config.defaultSource),
    sinks: discreetSinks,
    channels: draft.channels.map(madeOf(redact)),
    toPerson: draft.toPerson,
    ...partsByName(draft),
    sinkVendors: new Map(config.sinks.map(({ name, vendor }) => [name, vendor])),
    ledger: ledgerOf(draft.shared?.part, discreetSinks, world, log),
    log,
    redact,
    http,
    pictures: draft.pictures,
    intakes: draft.intakes,
    tickets: draft.tickets,
    own: [...sources, ...made].flatMap(({ listeners }) => listeners),
  };
}

/** By name; undefined: the environment sets it up. */
function partPlaces({ sources, sinks, parts }: Configuration): (name: string) => InFile | undefined {
  const places = new Map([...sources, ...sinks].map((wanted) => [wanted.name, inFile(wanted, parts)]));
  return (name) => places.get(name);
}

/** Without good settings nothing runs that could log. */
function voiceOf(config: Configuration, given: Given, { server, out }: World): Voice {
  const secrets = [...given.secrets, ...secretsIn(config)];
  const redact = createRedactor(secrets);
  const { logLevel: level, logFormat: format } = config.settings ?? { logLevel: 'silent', logFormat: 'json' };
  return { secrets, redact, log: createLog({ level, format, server }, redact, out) };
}

function make<T>({ name, configured }: Pick<Wanted<T>, 'name' | 'configured'>, deps: Deps): Built<T> | undefined {
  return configured?.create(deps, name);
}

function channelsOf(config: Configuration, deps: Deps, given: Given): Pick<Draft, 'channels' | 'toPerson'> {
  const from = { given, allowed: config.settings?.fileSecrets };
  return {
    channels: builtChannels(config.channels, deps),
    toPerson(person) {
      const { wanted, faults } = personPartsOf<Channel>(person, channelRegistry, config.parts, from);
      return { channels: builtChannels(wanted, deps).map(madeOf(deps.redact)), faults };
    },
  };
}

function builtChannels(all: readonly Wanted<Channel>[], deps: Deps): readonly BuiltChannel[] {
  return all.flatMap((wanted): BuiltChannel[] => {
    const { name, vendor } = wanted;
    const built = make<Channel>(wanted, deps);
    return built === undefined ? [] : [{ name, built, budget: channelRegistry[vendor]!.budget }];
  });
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

function madeOf(redact: Redact): (built: BuiltChannel) => MadeChannel {
  return ({ built, budget }) => ({ channel: discreetChannel(built.part, redact), budget });
}

/** As `discreet`: what people are told holds no secret. */
function discreetChannel(channel: Channel, redact: Redact): Channel {
  return { ...channel, fit: (message, form) => channel.fit(redactAll(message, redact), form) };
}

/** A key that got into an error's title is known to the readers of Sentry; a sink does not tell it to more people. */
function discreet(sink: Sink, redact: Redact): Sink {
  const hide = (items: readonly Item[]): readonly Item[] =>
    items.map((item) => ({ ...item, body: redactAll(item.body, redact) }));
  const { encodeCorrection, encodeGauge } = sink;
  return {
    ...sink,
    encode: (report) => hide(sink.encode(report)),
    ...(encodeGauge === undefined ? {} : { encodeGauge: (gauge) => hide(encodeGauge(gauge)) }),
    ...(encodeCorrection === undefined
      ? {}
      : { encodeCorrection: (told, report) => hide(encodeCorrection(told, report)) }),
  };
}
