import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../ledger/postgres.ts';
import { type Proxy, startProxy } from '../ledger/tcp-proxy.ts';
import { startProcess } from '../process/processes.ts';
import { folder } from '../process/temp-folder.ts';
import { until } from '../time/until.ts';
import { sqliteReadOnly } from './read-only-disk.ts';
import type { OpenTroubled, TroubledLedger } from './types.ts';

/** Locks for `heldMs`, then is away for `freeMs`, again and again. */
const HOLDER = `
  const { DatabaseSync } = require('node:sqlite');
  const [path, heldMs, freeMs] = process.argv.slice(1);
  const file = new DatabaseSync(path);
  file.exec('PRAGMA busy_timeout = 5000');
  const hold = () => {
    file.exec('BEGIN IMMEDIATE');
    process.stdout.write('held');
    setTimeout(() => { file.exec('ROLLBACK'); setTimeout(hold, Number(freeMs)); }, Number(heldMs));
  };
  hold();`;

function sqliteHeld(heldMs: number, freeMs: number): OpenTroubled {
  return async () => {
    const place = folder({});
    const path = place.file('ledger.db');
    let holder: ReturnType<typeof startProcess> | undefined;
    const end = async (): Promise<void> => {
      holder?.child.kill('SIGKILL');
      await holder?.end();
      holder = undefined;
    };
    return {
      url: `sqlite:${path}`,
      begin: async () => {
        const it = startProcess(['-e', HOLDER, path, String(heldMs), String(freeMs)]);
        holder = it;
        await until(`it is locked (${it.err()})`, () => it.out().startsWith('held'));
      },
      end,
      close: async () => {
        await end();
        place.remove();
      },
    };
  };
}

/** Writes until there is no room for another page. */
function fillUp(path: string): void {
  const page = Buffer.alloc(4_096);
  try {
    for (;;) appendFileSync(path, page);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ENOSPC') throw error;
  }
}

/** On a disk of its own of four megabytes, which only some may make. */
async function sqliteFull(): Promise<TroubledLedger | undefined> {
  const place = folder({});
  const disk = place.file('disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=777', 'tmpfs', disk]);
  if (mounted.status !== 0) return void place.remove();
  const filler = `${disk}/filler`;
  return {
    url: `sqlite:${disk}/ledger.db`,
    begin: async () => {
      // What the log beside the file has room for would still be taken.
      const file = new DatabaseSync(`${disk}/ledger.db`);
      file.exec('PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(TRUNCATE)');
      fillUp(filler);
      file.close();
    },
    end: async () => rmSync(filler, { force: true }),
    close: async () => {
      spawnSync('umount', ['-l', disk]);
      place.remove();
    },
  };
}

/** `act`: what befalls the file; `copy` is an older one. */
function sqliteLost(act: (path: string, copy: string) => void): OpenTroubled {
  return async () => {
    const place = folder({});
    const [path, copy] = [place.file('ledger.db'), place.file('copy.db')];
    return {
      url: `sqlite:${path}`,
      needsRestart: true,
      isLost: true,
      prepare: async () => {
        const file = new DatabaseSync(path);
        file.exec(`PRAGMA busy_timeout = 5000; VACUUM INTO '${copy}'`);
        file.close();
      },
      begin: async () => act(path, copy),
      end: async () => {
        for (const more of ['-wal', '-shm']) rmSync(`${path}${more}`, { force: true });
        copyFileSync(copy, path);
      },
      close: async () => place.remove(),
    };
  };
}

interface PostgresParts {
  readonly database: TestDatabase;
  readonly proxy: Proxy;
}

type PostgresTrouble = (parts: PostgresParts) => Omit<TroubledLedger, 'url' | 'close'>;

/** Behind a proxy, which `gone` and `slow` need. */
function postgres(trouble: PostgresTrouble): OpenTroubled {
  return async () => {
    const database = await freshDatabase();
    const proxy = await startProxy(database.port);
    return {
      url: database.at(proxy.port),
      ...trouble({ database, proxy }),
      close: async () => {
        await proxy.close();
        await database.drop();
      },
    };
  };
}

const CUT_OTHERS =
  'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';

const locked: PostgresTrouble = ({ database }) => {
  let session: pg.Client | undefined;
  return {
    begin: async () => {
      session = new pg.Client({ connectionString: database.url });
      await session.connect();
      await session.query('begin; lock table sentry_monitor_claims in access exclusive mode');
    },
    end: async () => void (await session?.end()),
  };
};

const readOnly: PostgresTrouble = ({ database }) => {
  const name = new URL(database.url).pathname.slice(1);
  return {
    begin: async () => {
      await database.query(`alter database "${name}" set default_transaction_read_only = on`);
      await database.query(CUT_OTHERS);
    },
    end: async () => {
      await database.query('set default_transaction_read_only = off');
      await database.query(`alter database "${name}" reset default_transaction_read_only`);
      await database.query(CUT_OTHERS);
    },
  };
};

const TABLES = ['claims', 'reports', 'runs', 'schema'].map((name) => `sentry_monitor_${name}`);

const full: PostgresTrouble = ({ database }) => ({
  begin: async () => {
    await database.query(`create function no_room() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
    for (const table of TABLES)
      await database.query(`create trigger no_room before insert or update on ${table} execute function no_room()`);
  },
  end: async () => {
    await database.query('drop function no_room cascade');
  },
});

const gone: PostgresTrouble = ({ proxy }) => ({ begin: () => proxy.stop(), end: () => proxy.start() });

/** Nobody may be connected to what is copied or renamed, so all of it is done from another database. */
const restored: PostgresTrouble = ({ database, proxy }) => {
  const name = new URL(database.url).pathname.slice(1);
  const outside = async (...texts: readonly string[]): Promise<void> => {
    const url = new URL(database.url);
    url.pathname = '/postgres';
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;
    proxy.sever();
    await client.query(cut);
    for (const text of texts) await client.query(text);
    await client.end();
    proxy.restore();
  };
  return {
    prepare: () => outside(`create database "${name}_copy" template "${name}"`),
    begin: () => outside(`drop database "${name}"`, `alter database "${name}_copy" rename to "${name}"`),
    end: async () => undefined,
  };
};

const slow: PostgresTrouble = ({ proxy }) => ({ begin: async () => proxy.delay(300), end: async () => proxy.delay(0) });

/** By the id of its row. */
export const TROUBLES: Readonly<Record<string, OpenTroubled>> = {
  'sqlite locked': sqliteHeld(600_000, 0),
  'postgres locked': postgres(locked),
  'sqlite read-only': sqliteReadOnly,
  'postgres read-only': postgres(readOnly),
  'sqlite full': sqliteFull,
  'postgres full': postgres(full),
  'sqlite gone': sqliteLost((path) => rmSync(path)),
  'postgres gone': postgres(gone),
  'sqlite restored': sqliteLost((path, copy) => copyFileSync(copy, path)),
  'postgres restored': postgres(restored),
  'sqlite slow': sqliteHeld(2_000, 1_000),
  'postgres slow': postgres(slow),
};
