import type { DigestPlan } from '../../core/model/alerting/digest-plan.ts';
import type { BackupPlan } from '../../core/ports/backup/plan.ts';
import type { Person } from '../../core/model/reminders/person.ts';
import type { ReminderPlan } from '../../core/model/reminders/reminder-plan.ts';
import type { WatchPlan } from '../../core/model/watches/watch-plan.ts';
import type { Mute } from '../../core/model/alerting/rule.ts';
import type { FileFault, FiltersInForce } from '../../core/ports/filters-in-force.ts';
import type { PeopleSheet } from '../people/reaching.ts';
import type { FilterFault, FilterSet, FilterText, Located } from '../filters/load.ts';
import { type Chosen, choose, faultsOfFiles, type Judge } from './choose.ts';
import { placePrint, textsPrint } from './prints.ts';

export type { Judge } from './choose.ts';

/** A text of a filters file that is in force. */
export interface KeptText {
  readonly text: string;
  /** When it was read, epoch ms. */
  readonly since: number;
}

/** The filters in force, with the texts that they come from. */
export interface InForce extends FiltersInForce {
  readonly filters: readonly Located[];
  readonly warnings: FilterSet['warnings'];
  /** What files set up for people to be told. */
  readonly channels: FilterSet['parts'];
  /** Of files; each began when its file's text was read. */
  readonly mutes: readonly Mute[];
  readonly digests: readonly DigestPlan[];
  readonly watches: readonly WatchPlan[];
  readonly people: readonly Person[];
  readonly peopleSheets: readonly PeopleSheet[];
  readonly reminders: readonly ReminderPlan[];
  readonly sheets: readonly WatchPlan[];
  readonly calendars: readonly WatchPlan[];
  readonly backup: BackupPlan | undefined;
  /** By path. */
  readonly texts: ReadonlyMap<string, KeptText>;
  /** Names of all filters in these texts, also of those that are left out. */
  readonly named: ReadonlySet<string>;
  /** Of every file some text is in force. */
  readonly isWhole: boolean;
  /** Files of which an older text is in force, with the instant at which that was read first, epoch ms. */
  readonly stale: ReadonlyMap<string, number>;
}

/** What was found on the disk; `faults`: what could not be read. */
export interface ReadFiles {
  readonly files: readonly FilterText[];
  readonly faults: readonly FilterFault[];
}

export interface Rules {
  readonly judge: Judge;
  /** Any fault leaves everything as it was. */
  readonly isStrict: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** What is wrong with a file for which an older text counts, read at `since`, epoch ms. */
export type StaleFault = FilterFault & { readonly since: number };

/** What was found at the start. */
export interface FirstRead {
  /** The file, or the folder of them. */
  readonly path: string;
  readonly texts: readonly FilterText[];
  /** What these texts come to. */
  readonly set: FilterSet;
  /** What is wrong with newer texts than those. */
  readonly stale: readonly StaleFault[];
}

/** At start: files without faults. */
export function firstInForce({ path, texts: files, set, stale }: FirstRead, now: number): InForce {
  const faulty = new Set(faultsOfFiles(set).map(({ file }) => file));
  const good = files.filter(({ path }) => !faulty.has(path));
  const sinces = new Map(stale.map(({ file, since }) => [file, since]));
  const texts = new Map(good.map(({ path, text }) => [path, { text, since: sinces.get(path) ?? now }]));
  return {
    filters: set.filters,
    warnings: set.warnings,
    ...forPeople(set, texts),
    faults: [...stale.map((fault) => ofFile(fault, fault.since)), ...set.faults],
    texts,
    loadedAt: Math.min(now, ...sinces.values()),
    files: good.length,
    rejected: faulty.size + sinces.size,
    ...reachOf(set, texts, [...faulty, ...sinces.keys()]),
    print: textsPrint(good.map(({ text }) => text)),
    place: placePrint(path),
  };
}

/**
 * What is in force once these files were read. A file with a fault keeps its former text, if it had one. When nothing
 * would be left, or with strict rules and any fault, all stays as it was. A file that is gone takes its filters along.
 */
export function nextInForce(before: InForce, read: ReadFiles, { judge, isStrict, now }: Rules): InForce {
  const chosen = choose(read, before.texts, judge);
  const all = [...chosen.faults, ...chosen.set.faults];
  if (chosen.set.filters.length === 0) return held(before, all.length > 0 ? all : withoutFilter(chosen));
  if (isStrict && all.length > 0) return held(before, all);
  const { filters, warnings, faults } = chosen.set;
  const texts = datedTexts(chosen, before, now);
  const rejected = filesOf(chosen.faults).length;
  return {
    filters,
    warnings,
    ...forPeople(chosen.set, texts),
    faults: [
      ...chosen.faults.map((fault) => ofFile(fault, before.texts.get(fault.file)?.since)),
      ...faults.map(({ where, file, text }) => ({ where, text, since: texts.get(file)?.since })),
    ],
    texts,
    ...reachOf(chosen.set, texts, filesOf(chosen.faults)),
    loadedAt: rejected > 0 ? before.loadedAt : now,
    files: chosen.texts.size,
    rejected,
    print: textsPrint(chosen.texts.values()),
    place: before.place,
  };
}

type ForPeople = Pick<
  InForce,
  | 'channels'
  | 'mutes'
  | 'digests'
  | 'watches'
  | 'sheets'
  | 'calendars'
  | 'people'
  | 'peopleSheets'
  | 'reminders'
  | 'backup'
>;

function forPeople(
  { parts, mutes, digests, watches, sheets, calendars, people, peopleSheets, reminders, backup }: FilterSet,
  texts: ReadonlyMap<string, KeptText>,
): ForPeople {
  return {
    digests,
    watches,
    sheets,
    calendars,
    people,
    peopleSheets,
    reminders,
    backup,
    channels: parts.filter(({ section }) => section === 'channels'),
    mutes: mutes.map(({ file, ...mute }) => ({ ...mute, since: texts.get(file)?.since ?? 0 })),
  };
}

/** No file is at fault by itself. */
function withoutFilter({ texts }: Chosen): readonly FilterFault[] {
  const text = 'has no filter, and no other file has one; write one under filters:';
  return [...texts.keys()].map((path) => ({ where: path, file: path, text }));
}

function held(before: InForce, faults: readonly FilterFault[]): InForce {
  const since = before.loadedAt;
  const told = faults.map(({ where, text }) => ({
    where,
    text: `${text}; the filters of ${clock(since)} are in force`,
    since,
  }));
  const files = filesOf(faults);
  return { ...before, faults: told, rejected: files.length, stale: staleIn(before.texts, files) };
}

function ofFile({ where, text }: FilterFault, since: number | undefined): FileFault {
  if (since === undefined) return { where, text };
  return { where, text: `${text}; the text of ${clock(since)} is in force`, since };
}

function datedTexts({ texts }: Chosen, before: InForce, now: number): ReadonlyMap<string, KeptText> {
  return new Map(
    [...texts].map(([path, text]) => {
      const old = before.texts.get(path);
      return [path, old?.text === text ? old : { text, since: now }];
    }),
  );
}

function filesOf(faults: readonly FilterFault[]): readonly string[] {
  return [...new Set(faults.map(({ file }) => file))];
}

type Texts = InForce['texts'];

/** `rejected`: files whose newest text is not in force. */
function reachOf(
  { files }: FilterSet,
  texts: Texts,
  rejected: readonly string[],
): Pick<InForce, 'named' | 'isWhole' | 'stale'> {
  return {
    named: new Set(files.flatMap(({ filters }) => filters.map(({ filter }) => filter.name))),
    isWhole: rejected.every((path) => texts.has(path)),
    stale: staleIn(texts, rejected),
  };
}

function staleIn(texts: Texts, rejected: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    rejected.flatMap((path): [string, number][] => (texts.has(path) ? [[path, texts.get(path)!.since]] : [])),
  );
}

/** `10:42 UTC on 2026-11-20` */
function clock(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(11, 16)} UTC on ${iso.slice(0, 10)}`;
}
