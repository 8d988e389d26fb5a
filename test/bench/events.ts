import { sql } from 'kysely';
import type { ErrorEvent } from '../../src/core/model/events/event.ts';
import type { Engine } from '../../src/storage/database/engine.ts';
import { withGiven } from '../../src/storage/database/given-rows.ts';
import { contentOf } from '../../src/storage/ledger/events/content.ts';
import { sqlEvents } from '../../src/storage/ledger/events/index.ts';
import { KINDS, type LedgerBox } from '../support/ledger/ledgers.ts';
import { stopPostgres } from '../support/ledger/postgres.ts';
import { batchesOf, bodies, FIRST } from './events-story.ts';
import { spread } from './measure.ts';
import { type Plan, type Row, thousands, timeOf, wanted } from './rows.ts';

const EVENTS = 100_000;
const SECTION = `Storing ${thousands(EVENTS)} events of a day, 200 issues, 500 a transaction; by turns with the same rows put into an empty table`;
const SPAN_MS = 24 * 3_600_000;
/** So many times as long as the bare inserts it may take. */
const MOST: Readonly<Record<string, number>> = { SQLite: 2.5, PostgreSQL: 2 };

/** Each batch is stored both ways, one after the other: neighbours have the same weather. */
export async function eventRows({ reps }: Plan): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { kind, open } of KINDS) {
    const box = await open();
    try {
      rows.push(await stored(kind, box), await read(kind, box, reps));
    } finally {
      await box.close();
    }
  }
  await stopPostgres();
  return rows;
}

async function stored(kind: string, box: LedgerBox): Promise<Row> {
  const [store, engine] = [sqlEvents(box.database), await box.database.ready()];
  await sql`create table bare (event text, issue text, at bigint, environment text, level text, person text,
    content text)`.execute(engine.db);
  const times = { bare: 0, ours: 0, longest: 0, stored: 0 };
  for (const batch of batchesOf(bodies({ events: EVENTS, spanMs: SPAN_MS, issues: 200 }), 500)) {
    times.bare += await timed(() => bareInsert(engine, batch.map(parsed)));
    const ms = await timed(async () => {
      const cursor = { name: '', position: null, watermark: FIRST };
      times.stored += (await store.add({ project: 'web', events: batch.map(parsed), cursor })).stored;
    });
    times.ours += ms;
    times.longest = Math.max(times.longest, ms);
  }
  if (times.stored !== EVENTS) throw new Error(`${times.stored} events were stored`);
  const ratio = times.ours / times.bare;
  return {
    section: SECTION,
    name: kind,
    time: `${(times.ours / 1000).toFixed(1)} s, bare ${(times.bare / 1000).toFixed(1)} s`,
    against: wanted(`${ratio.toFixed(2)} ≤ ${MOST[kind]}`, ratio <= MOST[kind]!),
    numbers: `each once; the longest transaction ${times.longest.toFixed(0)} ms`,
  };
}

async function read(kind: string, box: LedgerBox, reps: number): Promise<Row> {
  const store = sqlEvents(box.database);
  const span = { start: FIRST, end: FIRST + SPAN_MS / 2 };
  const times: number[] = [];
  let found = 0;
  for (let n = 0; n < reps; n++) {
    found = 0;
    times.push(await timed(() => store.each(['web'], span, (events) => void (found += events.length))));
  }
  const time = spread(times);
  return {
    section: SECTION,
    name: `${kind}, ${thousands(found)} of them read`,
    time: timeOf(time),
    against: wanted('≤ 1500 ms', time.median <= 1_500),
    numbers: thousands(found),
  };
}

const parsed = (body: string): ErrorEvent => JSON.parse(body) as ErrorEvent;

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

const BARE = {
  event: 'text',
  issue: 'text',
  at: 'bigint',
  environment: 'text',
  level: 'text',
  person: 'text',
  content: 'text',
} as const;

async function bareInsert(engine: Engine, events: readonly ErrorEvent[]): Promise<void> {
  const rows = events.map((event) => ({
    event: event.id,
    issue: event.issueId,
    at: event.at,
    environment: event.environment ?? '',
    level: event.level,
    person: event.user ?? '',
    content: contentOf(event),
  }));
  const columns = Object.keys(BARE) as (keyof typeof BARE)[];
  await engine.db.transaction().execute((db) =>
    withGiven({ ...engine, db }, BARE, rows)
      .insertInto('bare' as 'sentry_monitor_events')
      .columns(columns)
      .expression((query) =>
        query
          .selectFrom('given')
          .select(columns)
          .where(sql<boolean>`true`),
      )
      .execute(),
  );
}
