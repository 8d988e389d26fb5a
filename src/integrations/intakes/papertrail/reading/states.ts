import type { LogState } from '../../../../core/logs/read-log.ts';
import type { ClaimedObject } from '../../../../core/ports/events/object-book.ts';
import type { IntakeStore } from '../../../../core/ports/events/intake.ts';
import { tellState, type TextReading } from '../../../vendors/logs/read-text.ts';
import { AWAITED_MS } from '../coverage/coverage.ts';
import { hoursOf } from '../coverage/key-hours.ts';

interface Around {
  /** Of the intake. */
  readonly name: string;
  readonly store: Pick<IntakeStore, 'objects'>;
  readonly reading: TextReading;
}

/** What is open at the end of the archive right before; what was left open longer ago is told. */
export async function stateBefore(
  { name, before }: ClaimedObject,
  { reading, store, name: project }: Around,
): Promise<LogState | null> {
  const state = stateIn(before?.state ?? null);
  if (before === null || state === null) return null;
  const [one, other] = [hoursOf(before.name), hoursOf(name)];
  if (one !== null && other !== null && one.end === other.start) return state;
  await tellState(state, reading);
  await store.objects.told(project, before, null);
  return null;
}

/** Tells what is open at the end of the newest archive, when nothing follows it. */
export async function tellNewest({ reading, store, name }: Around, now: number): Promise<void> {
  const { newest } = await store.objects.reach(name);
  const state = stateIn(newest?.state ?? null);
  if (newest === null || state === null || now - newest.movedAt <= AWAITED_MS) return;
  await tellState(state, reading);
  await store.objects.told(name, newest, null);
}

/** Of what is kept between two archives at most, UTF-16 units: else only what is open goes on. */
const MOST_STATE = 1_048_576;

export function textOf(state: LogState | null): string | null {
  const kept = state === null ? null : shortened(state);
  return kept === null ? null : JSON.stringify(kept);
}

/** Null: even what is open is too much. */
export function shortened(state: LogState): LogState | null {
  if (JSON.stringify(state).length <= MOST_STATE) return state;
  const open = { ...state, streams: state.streams.filter((it) => it.open !== null) };
  return JSON.stringify(open).length <= MOST_STATE ? open : null;
}

function stateIn(text: string | null): LogState | null {
  return text === null ? null : (JSON.parse(text) as LogState);
}
