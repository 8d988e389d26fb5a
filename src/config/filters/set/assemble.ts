import type { Mute, Rule } from '../../../core/model/alerting/rule.ts';
import type { Filter, FilterPlace } from '../../../core/model/filter.ts';
import { quote } from '../../formats.ts';
import type { DigestPlan } from '../../../core/model/alerting/digest-plan.ts';
import type { Person } from '../../../core/model/reminders/person.ts';
import type { ReminderPlan } from '../../../core/model/reminders/reminder-plan.ts';
import { backupPlan, backupTwins, type PlacedBackup } from '../../backup/placed.ts';
import type { BackupPlan } from '../../../core/ports/backup/plan.ts';
import type { PlacedDigest } from '../../digests/placed.ts';
import { planOf } from '../../digests/plan.ts';
import { peopleIn, type PeopleSheet, sheetsOfPeople, withPeople } from '../../people/reaching.ts';
import { planOf as reminderPlan } from '../../reminders/plan.ts';
import type { PlacedReminder } from '../../reminders/placed.ts';
import { type LookedAtPlans, lookedAtIn } from './looked-at.ts';
import { muteOf } from '../../rules/mutes.ts';
import { type Alerting, ALERTING, type Compiled, heard, rulesOf } from '../../rules/of-filter.ts';
import type { Placed, PlacedMute } from '../document.ts';
import type { FilterFault } from '../files.ts';
import type { Configured } from '../keys.ts';
import type { PlacedPart } from '../parts/placed.ts';
import { eachRecipient, recipientsOf } from '../parts/recipients.ts';
import { twinsOf } from '../parts/twins.ts';
import type { LineFault } from '../sheet.ts';

/** A filter that knows where it stands, with its alerts as rules. */
export type Located = Omit<Configured, keyof Alerting> &
  Compiled & { readonly place: FilterPlace; readonly digested?: true };

/** A source, sink or channel that a file sets up. */
export type FoundPart = PlacedPart & { readonly file: string };

/** A mute of a file; it begins when that is read. */
export type FoundMute = Omit<Mute, 'since'> & { readonly file: string };

/** The filters to run, and what is wrong with the others. A file with any fault contributes none. */
export interface FilterSet extends LookedAtPlans {
  /** By path of their files, then in the order of the file. */
  readonly filters: readonly Located[];
  /** Of files without faults. */
  readonly parts: readonly FoundPart[];
  /** Of files without faults. */
  readonly mutes: readonly FoundMute[];
  /** Of files without faults. */
  readonly digests: readonly DigestPlan[];
  /** Of files without faults. */
  readonly people: readonly Person[];
  /** Of files without faults. */
  readonly peopleSheets: readonly PeopleSheet[];
  /** Of files without faults. */
  readonly reminders: readonly ReminderPlan[];
  /** Of a file without faults; undefined: none says anything of it. */
  readonly backup: BackupPlan | undefined;
  /** Of files with faults. */
  readonly lostParts: readonly FoundPart[];
  /** There is a file of which nobody knows what parts it sets up. */
  readonly isUnread: boolean;
  /** By path, then by line. */
  readonly faults: readonly FilterFault[];
  /** What means something else than it looks, of the filters to run. */
  readonly warnings: readonly FilterFault[];
  /** file:line of a filter's key (in `defaults`, if it comes from there), else of the filter. */
  where(filter: string, key?: keyof Filter): string;
  readonly files: readonly FilterFile[];
  readonly channels: ChannelNames;
}

/** Names of channels, and of digests, that are not as the others. */
export interface ChannelNames {
  /** They cannot be used: no rule tells them. */
  readonly lost: ReadonlySet<string>;
  /** They wake people. */
  readonly pagers: ReadonlySet<string>;
  /** Names of digests that cannot be made. */
  readonly held: ReadonlySet<string>;
  /** Name of the one for our own failures. Absent: there is none, or it is not known yet. */
  readonly admin?: string | undefined;
}

/** One file that was read or should have been; only without faults do its filters count. */
export interface FilterFile {
  readonly path: string;
  readonly filters: readonly Placed[];
  readonly parts: readonly PlacedPart[];
  readonly mutes: readonly PlacedMute[];
  readonly digests: readonly PlacedDigest[];
  readonly reminders: readonly PlacedReminder[];
  readonly backup: PlacedBackup | null;
  readonly isUnread: boolean;
  /** Without line: of the file as a whole. */
  readonly faults: readonly { readonly line?: number; readonly text: string }[];
  /** What leaves out a filter alone, or a part that no filter may need. */
  readonly losses: readonly Loss[];
  readonly warnings: readonly LineFault[];
}

export interface Loss extends LineFault {
  /** Name of the filter that is left out; undefined: none. */
  readonly filter?: string;
}

const ALL_ALIKE: ChannelNames = { lost: new Set(), pagers: new Set(), held: new Set() };

export function assemble(files: readonly FilterFile[], channels = ALL_ALIKE): FilterSet {
  const places = new Map<string, { path: string; placed: Placed }>();
  for (const { path, filters } of files) {
    for (const placed of filters) {
      if (!places.has(placed.filter.name)) places.set(placed.filter.name, { path, placed });
    }
  }
  const [good, bad] = [files.filter(isGood), files.filter((file) => !isGood(file))];
  const parts = withPeople(partsOf(good));
  const tellable = { ...channels, recipients: recipientsOf(parts) };
  const filters = good.flatMap((file) => locatedIn(file, tellable));
  const digests = good.flatMap((file) => digestsIn(file, filters, tellable));
  return {
    filters: withDigested(filters, digests),
    parts,
    digests,
    people: peopleIn(good, parts),
    peopleSheets: sheetsOfPeople(good),
    reminders: good.flatMap((file) => remindersIn(file, tellable)),
    backup: good.flatMap(({ backup, path }) => backupPlan(backup, path) ?? [])[0],
    ...lookedAtIn(parts, tellable),
    mutes: good.flatMap(mutesOf),
    lostParts: partsOf(bad),
    isUnread: bad.some(({ isUnread }) => isUnread),
    faults: files.flatMap(faultsIn),
    warnings: good.flatMap(({ path: file, warnings }) =>
      warnings.map(({ line, text }) => ({ where: `${file}:${line}`, file, text })),
    ),
    where(filter, key) {
      const place = places.get(filter);
      return place === undefined ? `filter ${quote(filter)}` : `${place.path}:${lineOf(place.placed, key)}`;
    },
    files,
    channels,
  };
}

function faultsIn({ path: file, faults, losses }: FilterFile): readonly FilterFault[] {
  return byLine([...faults, ...(faults.length === 0 ? losses : [])]).map(({ line, text }) => ({
    where: line === undefined ? file : `${file}:${line}`,
    file,
    text,
  }));
}

function isGood({ faults }: FilterFile): boolean {
  return faults.length === 0;
}

function partsOf(files: readonly FilterFile[]): readonly FoundPart[] {
  return files.flatMap(({ path: file, parts }) => parts.flatMap(eachRecipient).map((part) => ({ ...part, file })));
}

/** One that names no filters is of those of its file, or of all where that has none. */
function digestsIn({ path, filters, digests }: FilterFile, all: readonly Located[], tellable: Tellable): DigestPlan[] {
  const own = filters.length === 0 ? all : all.filter(({ place }) => place.file === path);
  const usual = own.map(({ name }) => name);
  return digests.flatMap((placed) => planOf(placed, { path, usual, ...tellable }) ?? []);
}

function remindersIn({ path, reminders }: FilterFile, tellable: Tellable): readonly ReminderPlan[] {
  return reminders.flatMap((placed) => reminderPlan(placed, { path, ...tellable }) ?? []);
}

function withDigested(filters: readonly Located[], digests: readonly DigestPlan[]): readonly Located[] {
  const names = new Set(digests.flatMap((digest) => digest.filters));
  return filters.map((filter) => (names.has(filter.name) ? { ...filter, digested: true } : filter));
}

function mutesOf({ path: file, mutes }: FilterFile): readonly FoundMute[] {
  return mutes.map(({ mute, line }) => ({ ...muteOf(mute, `${file}:${line}`), file }));
}

interface Tellable extends ChannelNames {
  /** By the name that is written, all that it means; of most names nothing else than themselves. */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
}

function locatedIn({ path, filters, losses }: FilterFile, channels: Tellable): readonly Located[] {
  const without = new Set(losses.map(({ filter }) => filter));
  return filters.filter(({ filter }) => !without.has(filter.name)).map((placed) => located(placed, path, channels));
}

function located(placed: Placed, file: string, { lost, pagers, recipients }: Tellable): Located {
  const { filter, line, lines, alertLines } = placed;
  const former = `${file}:${lines.get('alert') ?? line}`;
  const places = { filter: filter.name, alerts: alertLines.map((at) => `${file}:${at}`), former };
  const own = Object.fromEntries(Object.entries(filter).filter(([key]) => !ALERTING.includes(key)));
  return {
    ...(own as Omit<Configured, keyof Alerting>),
    ...toEach(heard(rulesOf(filter, places, pagers), lost), recipients),
    place: { file, line, lines: Object.fromEntries(lines) },
  };
}

/** Those that tell somebody tell each recipient. */
function toEach({ alerts, ...others }: Compiled, recipients: Tellable['recipients']): Compiled {
  if (alerts === undefined || recipients.size === 0) return { ...others, ...(alerts && { alerts }) };
  const each = (tell: readonly string[]): readonly string[] => [
    ...new Set(tell.flatMap((name) => recipients.get(name) ?? name)),
  ];
  const toEachOf = ({ escalate, ...rule }: Rule): Rule => ({
    ...rule,
    tell: each(rule.tell),
    ...(escalate === undefined ? {} : { escalate: { ...escalate, tell: each(escalate.tell) } }),
  });
  return { ...others, alerts: alerts.map(toEachOf) };
}

/** Names are unique over all files; the later file is at fault. */
export function withoutTwins(files: readonly FilterFile[]): readonly FilterFile[] {
  const ofFilters = twinsOf(files, 'the filter', ({ filters }) =>
    filters.flatMap((it) => (it.filter.name === '' ? [] : [{ name: it.filter.name, line: lineOf(it, 'name') }])),
  );
  const ofParts = twinsOf(files, 'what is set up', ({ parts }) => parts);
  const ofReminders = twinsOf(files, 'the reminder', ({ reminders }) => reminders);
  const ofDigests = twinsOf(files, 'the digest', ({ digests }) => digests.filter(({ name }) => name !== ''));
  const ofBackup = backupTwins(files);
  return files.map((file) => ({
    ...file,
    faults: byLine([
      ...file.faults,
      ...ofBackup(file),
      ...ofFilters(file).map(({ line, text }) => ({ line, text: `name: ${text}` })),
      ...ofParts(file),
      ...ofReminders(file).map(({ line, text }) => ({ line, text: `reminders: ${text}` })),
      ...ofDigests(file).map(({ line, text }) => ({ line, text: `digests: ${text}` })),
    ]),
  }));
}

export function lineOf({ line, lines }: Placed, key?: string): number {
  return (key === undefined ? undefined : lines.get(key)) ?? line;
}

export function byLine(faults: FilterFile['faults']): FilterFile['faults'] {
  return faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
