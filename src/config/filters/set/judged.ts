import { groupOf } from '../../../core/model/alerting/recipients.ts';
import type { Complaint, Judgement } from '../complaint.ts';
import type { FilterFault } from '../files.ts';
import type { JudgedDigests } from '../../digests/judge.ts';
import type { Tells } from '../parts/tells.ts';
import type { LineFault } from '../sheet.ts';
import { assemble, byLine, type FilterFile, type FilterSet, lineOf, type Loss } from './assemble.ts';

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

/** With what is wrong in each file, which leaves it out. */
export function withFaults(set: FilterSet, found: (file: FilterFile) => readonly LineFault[]): FilterSet {
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
  return { ...assemble(files, set.channels), warnings: set.warnings.filter(isLeft) };
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

/** With what is wrong with the channels that alerts tell. Those that cannot be used are told nothing. */
export function withTells(set: FilterSet, { channels, ...found }: Tells): FilterSet {
  return withFound({ ...set, channels: { ...set.channels, ...channels } }, found);
}

/** With what is wrong with what digests name. Those that cannot be made wait. */
export function withDigests(set: FilterSet, { held, lost, admin, ...found }: JudgedDigests): FilterSet {
  const channels = { ...set.channels, admin, held, lost: set.channels.lost.union(lost) };
  return withFound({ ...set, channels }, found);
}

/** Judged until no more files are left out: one that is takes along what the others name. */
export function settledDigests(given: FilterSet, judge: (set: FilterSet) => JudgedDigests): FilterSet {
  const whole = ({ files }: FilterSet): number => files.filter(({ faults }) => faults.length === 0).length;
  let set = given;
  for (let before = -1; before !== whole(set);) {
    before = whole(set);
    set = withDigests(set, judge(set));
  }
  return set;
}

function withFound(set: FilterSet, { faults, losses }: Pick<Tells, 'faults' | 'losses'>): FilterSet {
  const files = set.files.map((file) => ({
    ...file,
    faults: byLine([...file.faults, ...(faults.get(file) ?? []).filter((it) => !isIn(file.faults, it))]),
    losses: [...file.losses, ...(losses.get(file) ?? []).filter((it) => !isIn(file.losses, it))],
  }));
  return withFiles(set, files);
}

function isIn(losses: FilterFile['faults'], { line, text }: LineFault): boolean {
  return losses.some((known) => known.line === line && known.text === text);
}

/** Says what is wrong with parts, where they stand. Their files stay in force. */
export function withPartFaults(set: FilterSet, complaints: readonly PartComplaint[]): FilterSet {
  return withMoreLosses(set, (file) => placedIn(file, complaints));
}

/** Leaves out the files of parts that cannot count. */
export function withFaultyParts(set: FilterSet, complaints: readonly PartComplaint[]): FilterSet {
  return withFaults(set, (file) => placedIn(file, complaints));
}

/** Each once, of however many recipients a channel has. */
function placedIn({ parts }: FilterFile, complaints: readonly PartComplaint[]): readonly LineFault[] {
  const all = complaints.flatMap(({ part, key, text }): LineFault[] => {
    const placed = parts.find(({ name }) => name === groupOf(part));
    if (placed === undefined) return [];
    const line = (key === undefined ? undefined : placed.lines.get(key)) ?? placed.line;
    return [{ line, text: `${placed.name}: ${key === undefined ? '' : `${key}: `}${text}` }];
  });
  return [...new Map(all.map((it) => [`${it.line} ${it.text}`, it])).values()];
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
