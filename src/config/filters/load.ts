import type { Filter, FilterPlace } from '../../core/model/filter.ts';
import { quote } from '../formats.ts';
import type { Complaint, Judgement } from './complaint.ts';
import { type Placed, readDocument } from './document.ts';
import type { FilterFault, FilterText } from './files.ts';
import type { Configured } from './keys.ts';
import type { LineFault } from './sheet.ts';

export { readFilterFiles } from './files.ts';
export type { FilterDisk, FilterFault, FilterText } from './files.ts';

/** A filter that knows where it stands. */
export type Located = Configured & { readonly place: FilterPlace };

/** The filters to run, and what is wrong with the others. A file with any fault contributes none. */
export interface FilterSet {
  /** By path of their files, then in the order of the file. */
  readonly filters: readonly Located[];
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
  /** Without line: of the file as a whole. */
  readonly faults: readonly { readonly line?: number; readonly text: string }[];
  readonly warnings: readonly LineFault[];
}

/** `unread`: faults of files that could not be read, as `readFilterFiles` gives them. */
export function loadFilters(files: readonly FilterText[], unread: readonly FilterFault[] = []): FilterSet {
  const lost = unread.map(({ file, text }) => ({ path: file, filters: [], faults: [{ text }], warnings: [] }));
  const read = files.map(({ path, text }) => ({ path, ...readDocument(text) }));
  return assemble(withoutTwins([...lost, ...read].toSorted((a, b) => (a.path < b.path ? -1 : 1))));
}

/** Turns the objections of plug-ins into faults, and leaves out the files of the filters they concern. */
export function withComplaints(set: FilterSet, complaints: readonly Complaint[]): FilterSet {
  const files = set.files.map((file) => {
    const faults = complaints.flatMap(({ filter, key, text }) => {
      const placed = file.filters.find((one) => one.filter.name === filter);
      return placed === undefined ? [] : [{ line: lineOf(placed, key), text: `${key}: ${text}` }];
    });
    return { ...file, faults: byLine([...file.faults, ...faults]) };
  });
  const left = assemble(files);
  const isLeft = (warning: FilterFault) => !left.faults.some(({ file }) => file === warning.file);
  return { ...left, warnings: set.warnings.filter(isLeft) };
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

/**
 * Objections to filters that name a sink which is not enabled. Without any enabled sink (a dry run that only reads)
 * there are none: nothing is sent anyway.
 */
export function vetSinks(set: FilterSet, enabled: readonly string[]): readonly Complaint[] {
  if (enabled.length === 0) return [];
  return set.filters.flatMap(({ name, sinks = [] }) =>
    sinks
      .filter((sink) => !enabled.includes(sink))
      .map((sink) => `${quote(sink)} is not an enabled sink; write some of ${enabled.join(', ')}, or enable it`)
      .map((text) => ({ filter: name, key: 'sinks' as const, text })),
  );
}

function assemble(files: readonly FilterFile[]): FilterSet {
  const places = new Map<string, { path: string; placed: Placed }>();
  for (const { path, filters } of files) {
    for (const placed of filters) {
      if (!places.has(placed.filter.name)) places.set(placed.filter.name, { path, placed });
    }
  }
  return {
    filters: files
      .filter(({ faults }) => faults.length === 0)
      .flatMap(({ path, filters }) =>
        filters.map(({ filter, line, lines }) => ({
          ...filter,
          place: { file: path, line, lines: Object.fromEntries(lines) },
        })),
      ),
    faults: files.flatMap(({ path: file, faults }) =>
      faults.map(({ line, text }) => ({ where: line === undefined ? file : `${file}:${line}`, file, text })),
    ),
    warnings: files
      .filter(({ faults }) => faults.length === 0)
      .flatMap(({ path: file, warnings }) =>
        warnings.map(({ line, text }) => ({ where: `${file}:${line}`, file, text })),
      ),
    where(filter, key) {
      const place = places.get(filter);
      return place === undefined ? `filter ${quote(filter)}` : `${place.path}:${lineOf(place.placed, key)}`;
    },
    files,
  };
}

/** Names are unique over all files; the later file is at fault. */
function withoutTwins(files: readonly FilterFile[]): readonly FilterFile[] {
  const taken = new Map<string, string>();
  return files.map((file) => {
    const { path, filters, faults } = file;
    const twins: LineFault[] = [];
    for (const placed of filters.filter(({ filter }) => filter.name !== '')) {
      const { name } = placed.filter;
      const line = lineOf(placed, 'name');
      const first = taken.get(name);
      if (first === undefined) taken.set(name, `${path}:${line}`);
      else twins.push({ line, text: `name: ${quote(name)} is taken by the filter in ${first}; choose another` });
    }
    return { ...file, faults: byLine([...faults, ...twins]) };
  });
}

function lineOf({ line, lines }: Placed, key?: keyof Filter): number {
  return (key === undefined ? undefined : lines.get(key)) ?? line;
}

function byLine(faults: FilterFile['faults']): FilterFile['faults'] {
  return faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
