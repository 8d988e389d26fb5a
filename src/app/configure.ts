import type { FilterSet, FoundPart, PartComplaint } from '../config/filters/load.ts';
import { intakesIn, withSource } from '../config/filters/parts/intakes.ts';
import { LOG_CHANNEL } from '../config/filters/parts/section.ts';
import { SettingsError, type SettingsFault, valueOf } from '../config/schema.ts';
import { type Given, keysIn } from '../config/secrets.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import type { Channel } from '../core/ports/alerting/channel.ts';
import { EVENTS, type Intake } from '../core/ports/events/intake.ts';
import type { Ledger } from '../core/ports/ledger.ts';
import type { Sink } from '../core/ports/sink.ts';
import type { Source } from '../core/ports/source.ts';
import type { Watch } from '../core/ports/watches/watch.ts';
import { channels as channelRegistry } from '../integrations/channels/index.ts';
import type { Configured, Plugin, TrackerPart } from '../integrations/plugin.ts';
import { intakes as intakeRegistry } from '../integrations/intakes/index.ts';
import { sinks as sinkRegistry } from '../integrations/sinks/index.ts';
import { trackers as trackerRegistry } from '../integrations/trackers/index.ts';
import { sources as sourceRegistry } from '../integrations/sources/index.ts';
import { ledgers } from '../storage/index.ts';
import { chooseSinks } from './choose-sinks.ts';
import { filePartsOf, type Wanted } from './file-parts.ts';
import { type LookedAt, lookedAtIn } from './watches/looked-at.ts';

export type { Wanted } from './file-parts.ts';

/** All that settings and files say of the program's parts, and what is wrong with them. */
export interface Configuration extends LookedAt<readonly Wanted<Watch>[]> {
  readonly settings: Settings | undefined;
  /** What the environment sets up comes first, then what files do. */
  readonly sources: readonly Wanted<Source>[];
  /** Name of the source of filters that name none; undefined: each must. */
  readonly defaultSource: string | undefined;
  /** Undefined: no shared one is wanted. */
  readonly ledger: { readonly name: string; readonly configured: Configured<Ledger> | undefined } | undefined;
  readonly sinks: readonly Wanted<Sink>[];
  /** Names of the sinks of filters that name none. */
  readonly defaultSinks: readonly string[];
  readonly intakes: readonly Wanted<Intake>[];
  readonly trackers: readonly Wanted<TrackerPart>[];
  /** The log comes first, then what files set up. */
  readonly channels: readonly Wanted<Channel>[];
  readonly faults: readonly SettingsFault[];
  /** What files set up; it stays so until the next start. */
  readonly parts: readonly FoundPart[];
  readonly partFaults: readonly PartComplaint[];
}

/** What the settings say that are the program's own. */
export interface Own {
  readonly settings: Settings | undefined;
  readonly faults: readonly SettingsFault[];
}

export function ownSettings({ env, faults: given }: Given): Own {
  const faults: SettingsFault[] = [...given];
  return { settings: collect(faults, () => loadSettings(env)), faults };
}

/** Faults of our own settings do not hide those of sinks and filters: what they would have said is guessed. */
export function configure(given: Given, { settings, faults: known }: Own, set: FilterSet): Configuration {
  const { env } = given;
  const faults: SettingsFault[] = [...known];
  const declared = { parts: set.parts, lost: set.lostParts, isTold: isToldIn(set) };
  const chosen = chooseSinks(settings?.sinks, { registry: sinkRegistry, env, declared }, settings?.dryRun ?? true);
  faults.push(...chosen.faults);
  const ledger = ledgers.sql.wantedBy.some((variable) => valueOf(env, variable) !== undefined)
    ? { name: 'ledger', configured: collect(faults, () => ledgers.sql.read(env)) }
    : undefined;
  if (ledger === undefined) faults.push(...withoutLedger(set));
  const ofEnvironment = sourcesOfEnvironment(given, set, faults);
  const keys = { given, allowed: settings?.fileSecrets };
  const lookedAt = lookedAtIn(set.parts, keys);
  const [sources, sinks, channels, intakes, trackers] = [
    filePartsOf<Source>('sources', sourceRegistry, set.parts, keys),
    filePartsOf<Sink>('sinks', sinkRegistry, set.parts, keys),
    filePartsOf<Channel>('channels', channelRegistry, set.parts, keys),
    filePartsOf<Intake>('intakes', intakeRegistry, set.parts, keys),
    filePartsOf<TrackerPart>('tickets', trackerRegistry, set.parts, keys),
  ];
  const own = chosen.names
    .filter((name) => Object.hasOwn(sinkRegistry, name))
    .map((name) => ({ name, vendor: name, configured: collect(faults, () => sinkRegistry[name]!.read(env)) }));
  return {
    settings,
    sources: [...ofEnvironment, ...eventsWith(intakes.wanted, ledger, env, faults), ...sources.wanted],
    defaultSource: ofEnvironment.length === 1 ? ofEnvironment[0]!.name : undefined,
    ledger,
    sinks: [...own, ...sinks.wanted],
    defaultSinks: chosen.names,
    intakes: intakes.wanted,
    ...lookedAt.wanted,
    trackers: withLedger(trackers.wanted, ledger, faults),
    channels: [...logChannel(set), ...channels.wanted],
    faults,
    parts: set.parts,
    partFaults: [sources, sinks, channels, intakes, lookedAt, trackers].flatMap((all) => all.faults),
  };
}

/** Somebody is told something, so that no sink is needed. */
function isToldIn({ filters, digests, reminders }: FilterSet): boolean {
  return filters.some(({ alerts }) => alerts !== undefined) || digests.length + reminders.length > 0;
}

/** What must be remembered, and has nowhere to be. */
function withoutLedger({ parts, backup }: FilterSet): readonly SettingsFault[] {
  if (backup !== undefined)
    return [{ variable: 'LEDGER_URL', text: `is not set, and backup (${backup.where}) is of a ledger` }];
  const names = parts.filter(({ section }) => section === 'watches').map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    { variable: 'LEDGER_URL', text: `is not set, and watches (${names.join(', ')}) keep their values in a ledger` },
  ];
}

function withLedger(
  trackers: readonly Wanted<TrackerPart>[],
  ledger: Configuration['ledger'],
  faults: SettingsFault[],
): readonly Wanted<TrackerPart>[] {
  if (trackers.length > 0 && ledger === undefined)
    faults.push({
      variable: 'LEDGER_URL',
      text: 'is not set, and tickets are remembered in a ledger, so that each is made once',
    });
  return trackers;
}

/** The source that reads what intakes bring into the ledger. */
function eventsWith(
  intakes: readonly Wanted<Intake>[],
  ledger: Configuration['ledger'],
  env: Given['env'],
  faults: SettingsFault[],
): readonly Wanted<Source>[] {
  if (intakes.length === 0) return [];
  if (ledger === undefined)
    faults.push({
      variable: 'LEDGER_URL',
      text: `is not set, and intakes (${intakes.map(({ name }) => name).join(', ')}) keep their events in a ledger`,
    });
  return [{ name: EVENTS, vendor: EVENTS, configured: collect(faults, () => sourceRegistry.events.read(env)) }];
}

/** It is there without being set up; a file may set it up to say how it is used. */
function logChannel({ parts }: FilterSet): readonly Wanted<Channel>[] {
  if (parts.some(({ section, name }) => section === 'channels' && name === LOG_CHANNEL)) return [];
  const { [LOG_CHANNEL]: log } = channelRegistry;
  const env = Object.fromEntries(log!.keys.map(({ env }) => [env, 'true']));
  return [{ name: LOG_CHANNEL, vendor: LOG_CHANNEL, configured: log!.read(env) }];
}

/** None where files set up sources, and the environment says nothing of one. */
function sourcesOfEnvironment({ env }: Given, set: FilterSet, faults: SettingsFault[]): readonly Wanted<Source>[] {
  const all = Object.entries<Plugin<Source>>(sourceRegistry);
  const said = all.filter(([, { wantedBy }]) => wantedBy.some((variable) => valueOf(env, variable) !== undefined));
  const isInFiles = [...set.parts, ...set.lostParts].some(({ section }) => section === 'sources');
  const names = intakesIn(set);
  const isForEvents = set.filters.length > 0 && set.filters.every((it) => withSource(it, names).source === EVENTS);
  const wanted = said.length > 0 || isInFiles || isForEvents ? said : all.slice(0, 1);
  return wanted.map(([name, plugin]) => ({ name, vendor: name, configured: collect(faults, () => plugin.read(env)) }));
}

/** The values of all sensitive settings. */
export function secretsIn({
  settings,
  sources,
  ledger,
  sinks,
  channels,
  intakes,
  watches,
  sheets,
  calendars,
  trackers,
}: Configuration): readonly string[] {
  const feeds = [...watches, ...sheets, ...calendars];
  const parts = [...sources, ledger, ...sinks, ...channels, ...intakes, ...feeds, ...trackers].flatMap(
    (it) => it?.configured ?? [],
  );
  const all = parts.flatMap(({ secrets }) => secrets);
  return [...(settings?.secrets ?? []), ...all, ...all.flatMap(keysIn)];
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
