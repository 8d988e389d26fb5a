import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsDouble, startAws } from '../../../sandbox/aws/server.ts';
import { createSqs } from '../../../src/integrations/intakes/sqs/intake.ts';
import { depsOf } from '../build/deps.ts';
import { scopeOf } from '../build/scope.ts';
import { createClock } from '../time/clock.ts';
import { createBookStore } from './book-store.ts';
import { sentryEvent } from './sentry-event.ts';
import { openTailBench, type TailBench } from './tail-bench.ts';

/** A record of a log of Django's, and what of it is the same for all records of an issue. */
export interface Written {
  readonly text: string;
  readonly issue: string;
}

/** How many events each issue has, the biggest first. */
export type Counts = readonly number[];

const HALF = 1.4;

/** All of it at once, by its path. */
export function byPath(records: readonly Written[]): Promise<Counts> {
  return tailed(async (bench) => {
    writeFileSync(join(bench.folder, 'old.log'), textOf(records));
    await bench.look({ file: join(bench.folder, 'old.log') });
  });
}

/** In two parts, of which the first ends in the middle of a record. */
export function inHalves(records: readonly Written[]): Promise<Counts> {
  const text = textOf(records);
  const middle = Math.floor(text.length / HALF);
  return tailed(async (bench) => {
    bench.write('error.log', text.slice(0, middle));
    await bench.look();
    bench.write('error.log', text.slice(middle));
  });
}

/** Half of it is in a file that was renamed while nobody looked. */
export function rotated(records: readonly Written[]): Promise<Counts> {
  const middle = Math.floor(records.length / HALF);
  return tailed(async (bench) => {
    bench.write('error.log', textOf(records.slice(0, Math.floor(middle / HALF))));
    await bench.look();
    bench.write('error.log', textOf(records.slice(Math.floor(middle / HALF), middle)));
    bench.move('error.log', 'error.log.1');
    bench.write('error.log', textOf(records.slice(middle)));
  });
}

async function tailed(write: (bench: TailBench) => Promise<void>): Promise<Counts> {
  const bench = openTailBench();
  try {
    await write(bench);
    // What is open at the end is told at the second look that finds it.
    for (let n = 0; n < 3; n++) await bench.look();
    return countsOf(bench.store.events.map(({ issueId }) => issueId));
  } finally {
    bench.close();
  }
}

/** Out of a queue in which each stands three times, as Sentry tells of them. */
export async function queuedThrice(records: readonly Written[]): Promise<Counts> {
  const clock = createClock((ms) => ms === 60_000);
  const keys = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME', AWS_SECRET_ACCESS_KEY: 'acme' };
  Object.assign(process.env, keys);
  const sleep = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise((done) => void setImmediate(done));
  };
  const aws: AwsDouble = await startAws({ now: clock.now, sleep });
  try {
    const groups = [...new Set(records.map(({ issue }) => issue))];
    for (let time = 0; time < 3; time++)
      for (const [n, { issue }] of records.entries())
        aws
          .queue('errors')
          .send(JSON.stringify(sentryEvent({ eventID: `e${n}`, groupID: 100 + groups.indexOf(issue) })));
    const store = createBookStore();
    const settings = { queue: aws.addressOf('errors'), buckets: undefined, create: false, tries: 3 };
    await createSqs(settings, depsOf(clock), 'shop').take(store, {}, scopeOf({ deadline: clock.now() + 3_600_000 }));
    return countsOf(store.events.map(({ issueId }) => issueId));
  } finally {
    for (const name of Object.keys(keys)) delete process.env[name];
    await aws.close();
  }
}

function textOf(records: readonly Written[]): string {
  return records.map(({ text }) => text).join('');
}

function countsOf(ids: readonly string[]): Counts {
  return [...Map.groupBy(ids, (id) => id).values()].map(({ length }) => length).sort((a, b) => b - a);
}
