import { LOG_SETTINGS } from '../logs/settings.ts';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { IntakeOrder, Taken } from '../../../src/core/ports/events/intake.ts';
import { createFileIntake, type Settings } from '../../../src/integrations/intakes/file/intake.ts';
import { depsOf, type TestDeps } from '../build/deps.ts';
import { scopeOf } from '../build/scope.ts';
import { folder as temporaryFolder } from '../process/temp-folder.ts';
import { createClock } from '../time/clock.ts';
import { type BookStore, createBookStore } from './book-store.ts';

/** A folder of logs, and an intake that reads it. */
export interface TailBench {
  readonly folder: string;
  readonly deps: TestDeps;
  readonly store: BookStore;
  /** Adds lines to a file, each with its line feed. */
  add(name: string, ...lines: readonly string[]): void;
  /** Adds text as it is. */
  write(name: string, text: string | Uint8Array): void;
  move(from: string, to: string): void;
  /** Copies it and empties it, as `copytruncate` does. */
  copyAway(from: string, to: string): void;
  pack(name: string): void;
  remove(name: string): void;
  /** Time passes, ms. */
  wait(ms: number): void;
  /** Ten seconds later, and in another process each time: what it knows is in the store. */
  look(order?: IntakeOrder, settings?: Partial<Settings>, store?: BookStore): Promise<Taken>;
  /** Messages of the events, in the order in which they were stored. */
  titles(): readonly string[];
}

export function openTailBench(): TailBench & { close(): void } {
  const { path: folder, remove: close } = temporaryFolder({});
  const clock = createClock();
  const deps = depsOf(clock);
  const store = createBookStore();
  const at = (name: string): string => path.join(folder, name);
  const written = (name: string): void => fs.utimesSync(at(name), clock.now() / 1000, clock.now() / 1000);
  const write = (name: string, text: string | Uint8Array): void => {
    fs.appendFileSync(at(name), text);
    written(name);
  };
  return {
    ...{ folder, deps, store, close },
    add: (name, ...lines) => write(name, lines.map((line) => `${line}\n`).join('')),
    write,
    move: (from, to) => fs.renameSync(at(from), at(to)),
    copyAway(from, to) {
      fs.copyFileSync(at(from), at(to));
      fs.truncateSync(at(from));
      written(from);
      written(to);
    },
    pack(name) {
      const { mtime } = fs.statSync(at(name));
      fs.writeFileSync(at(`${name}.gz`), gzipSync(fs.readFileSync(at(name))));
      fs.utimesSync(at(`${name}.gz`), mtime, mtime);
      fs.rmSync(at(name));
    },
    wait: clock.advance,
    remove: (name) => fs.rmSync(at(name)),
    async look(order = {}, settings = {}, into = store) {
      clock.advance(10_000);
      const intake = createFileIntake({ ...TAIL_SETTINGS, paths: at('error.log'), ...settings }, deps, 'shop');
      return intake.take(into, order, scopeOf({ deadline: clock.now() + 3_600_000 }));
    },
    titles: () => store.events.map(({ title }) => title),
  };
}

export const TAIL_SETTINGS: Omit<Settings, 'paths'> = {
  ...LOG_SETTINGS,
  ...{ format: 'django', pattern: undefined, from: 'start', shared: false },
};

/** A record of one line. */
export function record(n: number | string): string {
  return `ERROR 2026-11-20 10:00:0${String(n).length === 1 ? n : 0},000 cart failed: ${NAMES[Number(n)] ?? n}`;
}

const NAMES = ['apple', 'pear', 'plum', 'fig', 'lime', 'date', 'kiwi', 'nut', 'bean', 'leek'];
