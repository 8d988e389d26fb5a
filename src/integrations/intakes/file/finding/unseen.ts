import type { LogFiles } from '../../../../core/ports/events/log-files.ts';
import type { Tracked } from '../position.ts';
import { type Candidate, holds, isMoving, isSameFile, moving, withCandidate } from './candidates.ts';
import { isUnseen } from './follow.ts';
import { firstText } from './unpack.ts';

/** A file that came and was put aside between two looks. */
export interface Newcomer {
  readonly candidate: Candidate;
  /** Of its text, as much as it is known again by. */
  readonly first: Uint8Array;
}

export interface Surroundings {
  readonly files: LogFiles;
  /** Epoch ms. */
  readonly now: number;
  /** What was put aside before is known, epoch ms. */
  readonly from: number;
  readonly known: readonly Tracked[];
  /** The first text of the file that stands under the path. */
  readonly live: Uint8Array;
  isPassed(it: Candidate): boolean;
}

/** Who packs or copies a file writes something within that time, ms. */
const WORK_MS = 60_000;

/** Those that came and were put aside between two looks. Rejects as `moving` while one of them may be half a copy. */
export async function unseen(candidates: readonly Candidate[], around: Surroundings): Promise<readonly Newcomer[]> {
  const found: Newcomer[] = [];
  for (const candidate of candidates) {
    if (candidate.modifiedAt < around.from || around.isPassed(candidate)) continue;
    // NOTE: looked into before it is compared: what is packed meanwhile is compared whole.
    const { first, breaksOff } = await beginOf(candidate, around);
    if (await isOneOf(candidate, around)) continue;
    const isFresh = candidate.modifiedAt > around.now - WORK_MS;
    if (isFresh && (breaksOff || isUnfinished(first, around.live))) throw moving(candidate.path);
    found.push({ candidate, first });
  }
  return found.filter((it) => !isTwin(it, found));
}

/** It was packed a moment ago, and what was packed is still there: that is followed into it. */
function isTwin({ candidate: { path, isPacked }, first }: Newcomer, all: readonly Newcomer[]): boolean {
  const isSource = (it: Newcomer): boolean => `${it.candidate.path}.gz` === path && isSameText(it.first, first);
  return isPacked && all.some(isSource);
}

function isSameText(a: Uint8Array, b: Uint8Array): boolean {
  return a.length > 0 && Buffer.compare(a, b) === 0;
}

async function beginOf(it: Candidate, { files }: Surroundings) {
  return withCandidate(it, files, async (file) => ({
    first: await firstText(file, it.isPacked),
    breaksOff: false,
  })).catch((error: unknown) => {
    if (isMoving(error)) throw error;
    return { first: new Uint8Array(), breaksOff: it.isPacked && isBrokenOff(error) };
  });
}

function isBrokenOff(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'Z_BUF_ERROR';
}

/** NOTE: the original of what is being copied or packed is there until that is done: both would be read. */
function isUnfinished(first: Uint8Array, live: Uint8Array): boolean {
  return Buffer.compare(first, live.subarray(0, first.length)) === 0;
}

async function isOneOf(it: Candidate, { known, files }: Surroundings): Promise<boolean> {
  for (const one of known) if (isUnseen(one) ? isSameFile(one, it) : await holds(it, one, files)) return true;
  return false;
}
