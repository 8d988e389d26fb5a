import type { Mute } from '../../core/model/alerting/rule.ts';
import type { FileFault, FiltersInForce } from '../../core/ports/filters-in-force.ts';
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
  /** By path. */
  readonly texts: ReadonlyMap<string, KeptText>;
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

/** At start: files without faults. `set`: what `files` come to; `path`: of the file, or their folder. */
export function firstInForce(files: readonly FilterText[], set: FilterSet, now: number, path: string): InForce {
  const faulty = new Set(faultsOfFiles(set).map(({ file }) => file));
  const good = files.filter(({ path }) => !faulty.has(path));
  const texts = new Map(good.map(({ path, text }) => [path, { text, since: now }]));
  return {
    filters: set.filters,
    warnings: set.warnings,
    ...forPeople(set, texts),
    faults: set.faults,
    texts,
    loadedAt: now,
    files: good.length,
    rejected: faulty.size,
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
  const rejected = filesOf(chosen.faults);
  return {
    filters,
    warnings,
    ...forPeople(chosen.set, texts),
    faults: [
      ...chosen.faults.map((fault) => ofFile(fault, before.texts.get(fault.file)?.since)),
      ...faults.map(({ where, file, text }) => ({ where, text, since: texts.get(file)?.since })),
    ],
    texts,
    loadedAt: rejected > 0 ? before.loadedAt : now,
    files: chosen.texts.size,
    rejected,
    print: textsPrint(chosen.texts.values()),
    place: before.place,
  };
}

function forPeople(
  { parts, mutes }: FilterSet,
  texts: ReadonlyMap<string, KeptText>,
): Pick<InForce, 'channels' | 'mutes'> {
  return {
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
  return { ...before, faults: told, rejected: filesOf(faults) };
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

function filesOf(faults: readonly FilterFault[]): number {
  return new Set(faults.map(({ file }) => file)).size;
}

/** `10:42 UTC on 2026-11-20` */
function clock(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(11, 16)} UTC on ${iso.slice(0, 10)}`;
}
