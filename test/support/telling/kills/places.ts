import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { holdLock } from '../../ledger/lock-holder.ts';
import { freshDatabase } from '../../ledger/postgres.ts';
import { folder } from '../../process/temp-folder.ts';
import { until } from '../../time/until.ts';
import type { SlowReceiver } from '../slow-receiver.ts';

/**
 * Where a kill falls:
 * - any: at any instant of the run
 * - deciding, forming: what is decided, or formed, is being written
 * - beginning: that a post begins is being written
 * - posted: the receiver has the post, and has not answered
 * - hook noted, log noted: the message is out, and what became of it is being written
 * - log written: the log has its line, and that is being noted; nothing else can be until it is
 */
export type Moment =
  'any' | 'deciding' | 'forming' | 'beginning' | 'posted' | 'hook noted' | 'log noted' | 'log written';

/** A moment at which a server is stopped. */
export interface Stop {
  /** Resolves when a server stands there. */
  reached(): Promise<void>;
  /** The next one goes through. */
  open(): Promise<void>;
}

/** A ledger in which a server can be stopped at a moment of its work, and killed there. */
export interface KillPlace {
  readonly name: string;
  readonly url: string;
  readonly moments: readonly Moment[];
  /** Once a server has made the tables. */
  prepare(): Promise<void>;
  /** `isOut`: all that is out by then is. */
  stopAt(moment: Moment, receiver: SlowReceiver, isOut: () => Promise<boolean>): Promise<Stop>;
  /** The outbox's rows by this statement. */
  rows(text: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** The number of the lock for which a server waits there. */
const LOCKS: readonly (readonly [number, Moment, string])[] = [
  [1, 'deciding', 'insert on sentry_monitor_tellings for each row'],
  [2, 'forming', 'insert on sentry_monitor_messages for each row when (new.posted_at is null)'],
  [
    3,
    'beginning',
    `update on sentry_monitor_messages for each row when (new.channel = 'hook' and new.posts like '%"isPosting":true%')`,
  ],
  [4, 'hook noted', `update on sentry_monitor_messages for each row when (new.channel = 'hook' and new.fate = 'sent')`],
  [
    5,
    'log noted',
    `update on sentry_monitor_messages for each row when (new.channel = 'console' and new.fate = 'sent')`,
  ],
];

/** Triggers wait for locks that the test holds: the servers are as they are, and their statements take long. */
export async function postgresPlace(): Promise<KillPlace> {
  const database = await freshDatabase();
  const holder = new pg.Client({ connectionString: database.url });
  holder.on('error', () => undefined);
  await holder.connect();
  const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted`;
  return {
    name: 'PostgreSQL',
    url: database.url,
    moments: ['any', ...LOCKS.map(([, moment]) => moment), 'posted'],
    async prepare() {
      for (const [lock, , where] of LOCKS)
        await database.query(`create function stop_${lock}() returns trigger language plpgsql as
          $$ begin perform pg_advisory_xact_lock_shared(${lock}); return new; end $$;
          create trigger stop_${lock} before ${where} execute function stop_${lock}()`);
    },
    async stopAt(moment, receiver, isOut) {
      if (moment === 'posted') return atReceiver(receiver, isOut);
      const [lock] = LOCKS.find(([, it]) => it === moment)!;
      await holder.query(`select pg_advisory_lock(${lock})`);
      return {
        reached: () =>
          until(`a server stands at ${moment}`, async () => {
            const { length } = await database.query(waiting);
            return length > 0 && (await isOut());
          }),
        open: async () => void (await holder.query(`select pg_advisory_unlock(${lock})`)),
      };
    },
    rows: (text) => database.query(text),
    close: async () => {
      await holder.end();
      await database.drop();
    },
  };
}

/**
 * A trigger that takes as long as a row of a table says. NOTE: in a view, because a trigger may not hold the query
 * itself.
 */
const SLOW_NOTE = `create table stop_at (steps integer not null);
  insert into stop_at values (0);
  create view stop_steps as with recursive step(n) as
    (select 0 union all select n + 1 from step where n < (select steps from stop_at)) select count(*) as steps from step;
  create trigger stop_log before update on sentry_monitor_messages
    when new.channel = 'console' and new.fate = 'sent' begin select steps from stop_steps; end`;
/** Longer than anybody lives. */
const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** A file, which another process locks while the receiver answers, or in which a statement takes long. */
export async function sqlitePlace(): Promise<KillPlace> {
  const files = folder({});
  const path = files.file('ledger.db');
  const write = (text: string): void => {
    const database = new DatabaseSync(path, { timeout: 10_000 });
    try {
      database.exec(text);
    } finally {
      database.close();
    }
  };
  return {
    name: 'SQLite',
    url: `sqlite:${path}`,
    moments: ['any', 'posted', 'hook noted', 'log written'],
    prepare: async () => write(SLOW_NOTE),
    async stopAt(moment, receiver, isOut) {
      if (moment === 'log written') {
        write(`update stop_at set steps = ${FOR_EVER}`);
        return {
          reached: () => until('the log has its line', isOut),
          open: async () => write('update stop_at set steps = 0'),
        };
      }
      const atPost = atReceiver(receiver, isOut);
      if (moment === 'posted') return atPost;
      let release = async (): Promise<void> => undefined;
      return {
        async reached() {
          await atPost.reached();
          ({ release } = await holdLock(path));
          await atPost.open();
          await until('the post is answered', () => receiver.posts.at(-1)!.isAnswered);
        },
        open: () => release(),
      };
    },
    async rows(text) {
      const database = new DatabaseSync(path, { readOnly: true });
      try {
        return database.prepare(text).all();
      } finally {
        database.close();
      }
    },
    close: async () => files.remove(),
  };
}

/** The receiver has the post, and does not answer. */
function atReceiver(receiver: SlowReceiver, isOut: () => Promise<boolean>): Stop {
  const answer = Promise.withResolvers<void>();
  receiver.waitsFor(answer.promise);
  return {
    reached: () => until('it is posted', isOut),
    open: async () => {
      answer.resolve();
      receiver.waitsFor(Promise.resolve());
    },
  };
}
