import { backupOutside } from '../config/backup/placed.ts';
import type { Complaint } from '../config/filters/complaint.ts';
import {
  type FilterDisk,
  type FilterFault,
  type FilterSet,
  type FilterText,
  type FoundPart,
  loadFilters,
  type PartComplaint,
  readFilterFiles,
  withComplaints,
  withFaults,
  withFaultyParts,
  withJudgement,
  withLosses,
  withPartFaults,
  withTells,
} from '../config/filters/load.ts';
import type { Section } from '../config/filters/parts/part-keys.ts';
import { LOG_CHANNEL } from '../config/filters/parts/section.ts';
import { judgeTells, type Tellable } from '../config/filters/parts/tells.ts';
import { intakesIn, judgeIntakes, withSource } from '../config/filters/parts/intakes.ts';
import { judgeReferences } from '../config/filters/parts/references.ts';
import { quote } from '../config/formats.ts';
import type { Judge } from '../config/reload/in-force.ts';
import { type Env, type SettingsFault, valueOf } from '../config/schema.ts';
import { sorted } from '../core/model/canonical-json.ts';
import type { Ledger } from '../core/ports/ledger.ts';
import type { Sink } from '../core/ports/sink.ts';
import { channels as channelRegistry } from '../integrations/channels/index.ts';
import type { Built } from '../integrations/plugin.ts';
import { sources as sourceRegistry } from '../integrations/sources/index.ts';
import { unreachablePeople } from '../config/reminders/judge.ts';
import { vetDigests } from './alerting/vet/digests.ts';
import { vetReminders } from './alerting/vet/reminders.ts';
import { withoutTickets } from './alerting/vet/tickets.ts';
import { tooFarBack } from './alerting/vet/memory.ts';
import { idleMutes } from './alerting/vet/mutes.ts';
import { wakingRules } from './alerting/vet/pagers.ts';
import { unheardRules } from './alerting/vet/severities.ts';
import { oddWatches, takenNames } from './alerting/vet/watches.ts';
import type { Configuration, Wanted } from './configure.ts';
import { partKinds } from './part-kinds.ts';
import { readTwice, sentTwice } from './same-place.ts';

/** Only what was set is looked at: the default may name a sink that is not enabled. */
export function vetRecountSinks(
  ledger: Ledger | undefined,
  env: Env,
  built: readonly BuiltSink[],
): readonly SettingsFault[] {
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

/** A sink that is wanted; undefined: its settings have faults. */
export type BuiltSink = { readonly name: string; readonly sink: Built<Sink> | undefined };

/** What these files say, with what can be said of their filters before any settings are read. */
export function judgedFilters(files: readonly FilterText[], unread: readonly FilterFault[]): FilterSet {
  const set = loadFilters(files, unread, partKinds);
  return Object.values(sourceRegistry).reduce((all, source) => withJudgement(all, source.judge(set.filters)), set);
}

/** The same of what is on the disk now. `path`: a file, or a folder. */
export function filtersAt(path: string, disk: FilterDisk): FilterSet {
  const { files, faults } = readFilterFiles(path, disk);
  return judgedFilters(files, faults);
}

/** With what sources and sinks object to, and with the sinks of filters that name none. */
export function vetFilters(read: FilterSet, config: Configuration): FilterSet {
  const { sources, defaultSource, sinks, defaultSinks } = config;
  const judged = withFaultyParts(read, [...changedParts(read, config), ...takenNames(read)]);
  const intakes = intakesIn(judged);
  const ofIntakes = judgeIntakes(judged.filters, intakes);
  const references = [
    judgeReferences(judged, { section: 'sources', ...namesOf(sources, judged) }),
    ...(isIdle(config, judged) ? [] : [judgeReferences(judged, { section: 'sinks', ...namesOf(sinks, judged) })]),
  ];
  const lost = withPartFaults(
    withLosses(
      judged,
      [...references, ofIntakes].flatMap(({ losses }) => losses),
    ),
    [...config.partFaults, ...unreachablePeople(judged)],
  );
  const told = judgedAlerts(lost, config);
  const sourced = lost.filters.map((filter) => withSource(filter, intakes));
  const complained = withComplaints(told, [
    ...[...references, ofIntakes].flatMap(({ complaints }) => complaints),
    ...withoutPart({ ...lost, filters: sourced }, config),
    ...sentTwice(lost.filters, sinks, defaultSinks),
    ...vetBy(sources, (name) => sourced.filter(({ source = defaultSource }) => source === name)),
    ...vetBy(sinks, (name) => lost.filters.filter((filter) => (filter.sinks ?? defaultSinks).includes(name))),
  ]);
  const tellable = (set: FilterSet): Tellable => channelNames(config.channels, set);
  const given = {
    hasLedger: config.ledger !== undefined,
    admin: config.settings === undefined ? null : config.settings.adminChannel,
  };
  const vetted = vetReminders(vetDigests(complained, tellable, given), tellable, given);
  const ofRules = [unheardRules, wakingRules, idleMutes, oddWatches].flatMap((odd) => odd(vetted));
  const odd = [...readTwice(sources, vetted.parts), ...ofRules];
  const filters = vetted.filters.map((filter) => withSource(filter, intakes));
  const warned = { ...vetted, filters, warnings: [...vetted.warnings, ...odd] };
  const isForAll = sinks.every(({ name }) => defaultSinks.includes(name));
  if (isForAll) return warned;
  return { ...warned, filters: warned.filters.map((filter) => ({ ...filter, sinks: filter.sinks ?? defaultSinks })) };
}

function judgedAlerts(given: FilterSet, { channels, ledger, trackers, settings }: Configuration): FilterSet {
  const set = withFaults(given, backupOutside(settings?.fileRoots));
  const told = withTells(set, judgeTells(set, channelNames(channels, set)));
  const kept = ledger === undefined ? withFaults(told, tooFarBack) : told;
  return trackers.length === 0 && isSure(set) ? withFaults(kept, withoutTickets) : kept;
}

/** NOTE: a file with faults may be the one that sets tickets up. */
function isSure({ lostParts, isUnread }: FilterSet): boolean {
  return !isUnread && lostParts.length === 0;
}

/** As the program starts with them; later it judges files anew in the same way. */
export function filterJudge(config: Configuration): Judge {
  return (files, unread) => vetFilters(judgedFilters(files, unread), config);
}

/** What files set up otherwise than the program was made of. */
function changedParts({ parts }: FilterSet, { parts: made }: Configuration): readonly PartComplaint[] {
  return parts.flatMap((part): PartComplaint[] => {
    const known = made.find(({ section, name }) => section === part.section && name === part.name);
    if (known !== undefined && isSame(known.texts, part.texts)) return [];
    const what = known === undefined ? 'is new' : 'has changed';
    return [{ part: part.name, text: `${what} since the start; restart the service, or write it as it was` }];
  });
}

function isSame(one: FoundPart['texts'], other: FoundPart['texts']): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** A dry run that only reads: nothing is sent anyway. */
function isIdle({ sinks, settings }: Configuration, { parts, lostParts }: FilterSet): boolean {
  if (settings?.dryRun === false) return false;
  return sinks.length === 0 && ![...parts, ...lostParts].some(({ section }) => section === 'sinks');
}

/** What no file sets up any more still runs, but nothing may count on it. */
function namesOf(
  wanted: readonly Wanted<unknown>[],
  { parts }: FilterSet,
): { readonly enabled: string[]; readonly broken: string[] } {
  const there = wanted.filter(({ name, vendor }) => name === vendor || parts.some((part) => part.name === name));
  return {
    enabled: there.filter(({ configured }) => configured !== undefined).map(({ name }) => name),
    broken: there.filter((it) => it.configured === undefined && it.name !== it.vendor).map(({ name }) => name),
  };
}

/** The log is always there. */
function channelNames(wanted: readonly Wanted<unknown>[], { parts }: FilterSet): Tellable {
  const inFiles = new Set(parts.map(({ name }) => name));
  const there = wanted.filter(({ name }) => name === LOG_CHANNEL || inFiles.has(name));
  const isBroken = ({ configured }: Wanted<unknown>): boolean => configured === undefined;
  return {
    enabled: there.filter((it) => !isBroken(it)).map(({ name }) => name),
    broken: there.filter(isBroken).map(({ name }) => name),
    pagers: wanted.filter(({ vendor }) => channelRegistry[vendor]?.isPager === true).map(({ name }) => name),
    trackers: wanted.filter(({ vendor }) => channelRegistry[vendor]?.isTracker === true).map(({ name }) => name),
  };
}

/** Filters that name nothing where nothing is meant. Where there is nothing at all, the settings are at fault. */
function withoutPart(
  { filters, parts, lostParts }: FilterSet,
  { sources: known, defaultSource, defaultSinks, settings }: Configuration,
): readonly Complaint[] {
  const namesIn = (section: Section): string =>
    [...parts, ...lostParts]
      .filter((part) => part.section === section)
      .map(({ name }) => name)
      .join(', ');
  const [sources, sinks] = [known.map(({ name }) => name).join(', ') || namesIn('sources'), namesIn('sinks')];
  const complaint = (filter: string, key: 'source' | 'sinks', names: string): readonly Complaint[] => [
    {
      filter,
      key,
      text: `is missing; write ${key === 'sinks' ? `[${names}]` : names}, or set up one in the environment`,
    },
  ];
  const needsSink = defaultSinks.length === 0 && sinks !== '' && settings?.dryRun === false;
  return filters.flatMap((filter) => [
    ...(filter.source === undefined && defaultSource === undefined ? complaint(filter.name, 'source', sources) : []),
    ...(filter.sinks === undefined && needsSink ? complaint(filter.name, 'sinks', sinks) : []),
  ]);
}

function vetBy<T>(
  wanted: readonly Wanted<T>[],
  filtersOf: (name: string) => FilterSet['filters'],
): readonly Complaint[] {
  return wanted.flatMap(({ name, configured }) => configured?.vet(filtersOf(name)) ?? []);
}

/** Faulty files are left out and named in every answer, unless nothing is left or nothing may be faulty. */
export function fatalFilterFaults(
  { filters, faults, files }: FilterSet,
  stale: readonly FilterFault[],
  strict: boolean,
): readonly string[] {
  if (filters.length > 0 && !strict) return [];
  const empty = filters.length === 0 && faults.length === 0 ? files.map(({ path }) => path).join(', ') : '';
  return [
    ...[...stale, ...faults].map(({ where, text }) => `${where}: ${text}`),
    ...(empty === '' ? [] : [`${empty}: no filter is in it; write one under filters:`]),
  ];
}
