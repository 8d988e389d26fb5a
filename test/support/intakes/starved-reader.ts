import type { Taken } from '../../../src/core/ports/events/intake.ts';
import { createFileIntake } from '../../../src/integrations/intakes/file/intake.ts';
import { depsOf } from '../build/deps.ts';
import { scopeOf } from '../build/scope.ts';
import { createClock } from '../time/clock.ts';
import { type BookStore, createBookStore } from './book-store.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { ROTATIONS } from './rotations.ts';
import { TAIL_SETTINGS } from './tail-bench.ts';

const LIVE = '/log/error.log';

export interface Outcome {
  readonly written: number;
  /** Numbers of the records that were stored, in order. */
  readonly stored: readonly number[];
  readonly rejects: readonly string[];
  readonly troubles: readonly (string | undefined)[];
}

/** A log that is written and rotated between any two things that its reader does, who is killed again and again. */
export async function readStarved(rotation: keyof typeof ROTATIONS, seed: number, rounds = 25): Promise<Outcome> {
  let dice = seed;
  const random = (): number => (dice = (dice * 48_271) % 2_147_483_647) / 2_147_483_647;
  const [clock, store] = [createClock(), createBookStore()];
  let [written, isStopping] = [0, false];
  const hurry = 0.002 + random() * 0.05;
  const disk = createMemoryDisk(clock.now, () => void (random() < hurry && step()));
  function* writing(): Generator<void, void> {
    while (!isStopping) {
      disk.write(LIVE, `ERROR 2026-11-20 10:00:00,000 cart failed: cart ${lettersOf(++written)}\n`);
      yield;
      if (random() < 0.15) yield* ROTATIONS[rotation](disk, LIVE);
    }
  }
  const writer = writing();
  const step = (): boolean => {
    clock.advance(1 + Math.floor(random() * 300));
    return writer.next().done !== true;
  };
  const deps = { ...depsOf(clock), files: disk };
  const look = async (into: Pick<BookStore, 'add' | 'cursors' | 'objects'>): Promise<Taken> => {
    clock.advance(1_000);
    const settings = { ...TAIL_SETTINGS, paths: LIVE, from: 'start' } as const;
    return createFileIntake(settings, deps, 'shop').take(into, { openAfterMs: 0 }, scopeOf({ deadline: Infinity }));
  };
  disk.create(LIVE);
  await look(store);
  for (let round = 0; round < rounds; round++) {
    for (let n = Math.floor(random() * 30); n > 0; n--) step();
    await look(dyingAfter(store, random() < 0.7 ? Math.floor(random() * 4) : Infinity)).catch(isKill);
  }
  isStopping = true;
  while (step());
  const troubles: (string | undefined)[] = [];
  for (let n = 0; n < 8; n++) {
    clock.advance(61_000);
    troubles.push((await look(store)).trouble);
  }
  const stored = store.events.map(({ title }) => numberOf(title.slice('cart failed: cart '.length)));
  return { written, stored, rejects: store.rejects.map(({ place }) => place), troubles };
}

/** The reader is killed with what it stores next, once it has stored so often. */
function dyingAfter(store: BookStore, often: number): Pick<BookStore, 'add' | 'cursors' | 'objects'> {
  let count = 0;
  return {
    ...store,
    async add(batch) {
      if (count++ >= often) throw new Error('killed');
      return store.add(batch);
    },
  };
}

function isKill(error: unknown): void {
  if ((error as Error).message !== 'killed') throw error;
}

/** NOTE: digits are no part of a title. */
function lettersOf(n: number): string {
  return [...String(n)].map((digit) => LETTERS[Number(digit)]).join('');
}

function numberOf(letters: string): number {
  return Number([...letters].map((it) => LETTERS.indexOf(it)).join(''));
}

const LETTERS = 'ghijklmnop';
