import type { Filter, FilterPlace } from '../../core/model/filter.ts';
import { quote } from '../formats.ts';
import type { Complaint, Judgement } from './complaint.ts';
import { type Placed, readDocument } from './document.ts';
import { fileOf, NO_PARTS } from './file.ts';
import type { FilterFault, FilterText } from './files.ts';
import { type Configured, KEYS } from './keys.ts';
import type { PartKinds } from './parts/part-keys.ts';
import type { PlacedPart } from './parts/placed.ts';
import { twinsOf } from './parts/twins.ts';
import type { LineFault } from './sheet.ts';

export { readFilterFiles } from './files.ts';
export type { FilterDisk, FilterFault, FilterText } from './files.ts';

/** A filter that knows where it stands. */
export type Located = Configured & { readonly place: FilterPlace };

/** A source or sink that a file sets up. */
export type FoundPart = PlacedPart & { readonly file: string };

/** The filters to run, and what is wrong with the others. A file with any fault contributes none. */
export interface FilterSet {
  /** By path of their files, then in the order of the file. */
  readonly filters: readonly Located[];
  /** Of files without faults. */
  readonly parts: readonly FoundPart[];
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
}

/** One file that was read or should have been; only without faults do its filters count. */
export interface FilterFile {
  readonly path: string;
  readonly filters: readonly Placed[];
  readonly parts: readonly PlacedPart[];
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

/** `unread`: faults of files that could not be read, as `readFilterFiles` gives them. */
export function loadFilters(
  files: readonly FilterText[],
  unread: readonly FilterFault[] = [],
  kinds: PartKinds = NO_PARTS,
): FilterSet {
  const nothing = { filters: [], parts: [], losses: [], warnings: [] };
  const lost = unread.map(({ file, text }) => ({ path: file, ...nothing, isUnread: true, faults: [{ text }] }));
  const schema = fileOf(KEYS, kinds);
  const read = files.map(({ path, text }) => ({ path, losses: [], ...readDocument(text, schema) }));
  return assemble(withoutTwins([...lost, ...read].toSorted((a, b) => (a.path < b.path ? -1 : 1))));
}

/** Turns the objections of plug-ins into faults, and leaves out the files of the filters they concern. */
export function withComplaints(set: FilterSet, complaints: readonly Complaint[]): FilterSet {
  return withFaults(set, (file) => objectionsIn(file, complaints));
}

function objectionsIn({ filters }: FilterFile, complaints: readonly Complaint[]): readonly Loss[] {
  return complaints.flatMap(({ filter, key, text }): Loss[] => {
    const placed = filters.find((one) => one.filter.name === filter);
    return placed === undefined ? [] : [{ filter, line: lineOf(placed, key), text: `${key}: ${text}` }];
  });
}

function withFaults(set: FilterSet, found: (file: FilterFile) => readonly LineFault[]): FilterSet {
  const files = set.files.map((file) => {
    const faults = found(file).map(({ line, text }) => ({ line, text }));
    return { ...file, faults: byLine([...file.faults, ...faults]) };
  });
  return withFiles(set, files);
}

function withMoreLosses(set: FilterSet, found: (file: FilterFile) => readonly Loss[]): FilterSet {
  const files = set.files.map((file) => ({ ...file, losses: [...file.losses, ...found(file)] }));
  return withFiles(set, files);
}

function withFiles(set: FilterSet, files: readonly FilterFile[]): FilterSet {
  const isLeft = ({ file }: FilterFault) => files.some(({ path, faults }) => path === file && faults.length === 0);
  return { ...assemble(files), warnings: set.warnings.filter(isLeft) };
}

/** Leaves out these filters alone: the others of their files run. */
export function withLosses(set: FilterSet, complaints: readonly Complaint[]): FilterSet {
  return withMoreLosses(set, (file) => objectionsIn(file, complaints));
}

/** Something that is wrong with a source or sink; what to do. */
export interface PartComplaint {
  readonly part: string;
  /** Undefined: with the part as a whole. */
  readonly key?: string | undefined;
  readonly text: string;
}

/** Says what is wrong with parts, where they stand. Their files stay in force. */
export function withPartFaults(set: FilterSet, complaints: readonly PartComplaint[]): FilterSet {
  return withMoreLosses(set, (file) => placedIn(file, complaints));
}

/** Leaves out the files of parts that cannot count. */
export function withFaultyParts(set: FilterSet, complaints: readonly PartComplaint[]): FilterSet {
  return withFaults(set, (file) => placedIn(file, complaints));
}

function placedIn({ parts }: FilterFile, complaints: readonly PartComplaint[]): readonly LineFault[] {
  return complaints.flatMap(({ part, key, text }): LineFault[] => {
    const placed = parts.find(({ name }) => name === part);
    if (placed === undefined) return [];
    const line = (key === undefined ? undefined : placed.lines.get(key)) ?? placed.line;
    return [{ line, text: `${part}: ${key === undefined ? '' : `${key}: `}${text}` }];
  });
}

/** With what a vendor says of the filters. */
export function withJudgement(set: FilterSet, { faults, warnings }: Judgement): FilterSet {
  const judged = withComplaints(set, faults);
  const isLeft = new Set(judged.filters.map(({ name }) => name));
  const said = warnings.filter(({ filter }) => isLeft.has(filter));
  return { ...judged, warnings: [...set.warnings, ...said.map((it) => placed(set, it))] };
}

function placed({ where }: FilterSet, { filter, key, text }: Complaint): FilterFault {
  const place = where(filter, key);
  return { where: place, file: place.replace(/:\d+$/, ''), text: `${key}: ${text}` };
}

function assemble(files: readonly FilterFile[]): FilterSet {
  const places = new Map<string, { path: string; placed: Placed }>();
  for (const { path, filters } of files) {
    for (const placed of filters) {
      if (!places.has(placed.filter.name)) places.set(placed.filter.name, { path, placed });
    }
  }
  const [good, bad] = [files.filter(isGood), files.filter((file) => !isGood(file))];
  return {
    filters: good.flatMap(locatedIn),
    parts: good.flatMap(partsOf),
    lostParts: bad.flatMap(partsOf),
    isUnread: bad.some(({ isUnread }) => isUnread),
    faults: files.flatMap(({ path: file, faults, losses }) =>
      byLine([...faults, ...(faults.length === 0 ? losses : [])]).map(({ line, text }) => ({
        where: line === undefined ? file : `${file}:${line}`,
        file,
        text,
      })),
    ),
    warnings: good.flatMap(({ path: file, warnings }) =>
      warnings.map(({ line, text }) => ({ where: `${file}:${line}`, file, text })),
    ),
    where(filter, key) {
      const place = places.get(filter);
      return place === undefined ? `filter ${quote(filter)}` : `${place.path}:${lineOf(place.placed, key)}`;
    },
    files,
  };
}

function isGood({ faults }: FilterFile): boolean {
  return faults.length === 0;
}

function partsOf({ path: file, parts }: FilterFile): readonly FoundPart[] {
  return parts.map((part) => ({ ...part, file }));
}

function locatedIn({ path: file, filters, losses }: FilterFile): readonly Located[] {
  const lost = new Set(losses.map(({ filter }) => filter));
  return filters
    .filter(({ filter }) => !lost.has(filter.name))
    .map(({ filter, line, lines }) => ({ ...filter, place: { file, line, lines: Object.fromEntries(lines) } }));
}

/** Names are unique over all files; the later file is at fault. */
function withoutTwins(files: readonly FilterFile[]): readonly FilterFile[] {
  const ofFilters = twinsOf(files, 'the filter', ({ filters }) =>
    filters.flatMap((it) => (it.filter.name === '' ? [] : [{ name: it.filter.name, line: lineOf(it, 'name') }])),
  );
  const ofParts = twinsOf(files, 'what is set up', ({ parts }) => parts);
  return files.map((file) => ({
    ...file,
    faults: byLine([
      ...file.faults,
      ...ofFilters(file).map(({ line, text }) => ({ line, text: `name: ${text}` })),
      ...ofParts(file),
    ]),
  }));
}

function lineOf({ line, lines }: Placed, key?: keyof Filter): number {
  return (key === undefined ? undefined : lines.get(key)) ?? line;
}

function byLine(faults: FilterFile['faults']): FilterFile['faults'] {
  return faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
