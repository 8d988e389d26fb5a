import type { DatabaseDeps, Engine } from './engine.ts';
import { createWriteWatch, type WriteWatch } from './write-watch.ts';

export interface Database {
  /** The engine, with its tables up to date. Rejects while it cannot be reached; the next call tries anew. */
  ready(): Promise<Engine>;
  /** Why the last write that failed did, for people; null: none did since `prove`. */
  failure(): string | null;
  /** Writes as a run does, which changes nothing. Rejects as a write would; else what failed before is past. */
  prove(): Promise<void>;
  /** Whether `close` was called: what fails then was cut off. */
  isClosed(): boolean;
  close(): Promise<void>;
}

/**
 * Another server may have been updated and have changed the tables. Their version is looked at again after so long,
 * which is once a run, ms.
 */
const CHECK_MS = 10_000;

/** Nothing is loaded or opened before the first call. */
export function createDatabase(url: string, deps: DatabaseDeps): Database {
  const writes = createWriteWatch();
  let opened: Promise<Engine> | undefined;
  let usable: Promise<Engine> | undefined;
  let checkedAt = -Infinity;
  let isClosed = false;
  const prepare = async (): Promise<Engine> => {
    opened ??= openEngine(url, writes, deps);
    opened.catch(() => (opened = undefined));
    const engine = await opened;
    const { migrate } = await import('./migrate.ts');
    await migrate(engine.db);
    return engine;
  };
  const ready = (): Promise<Engine> => {
    const isOld = deps.now() - checkedAt >= CHECK_MS;
    if (usable === undefined || isOld) {
      checkedAt = deps.now();
      usable = usable?.then(checked) ?? prepare();
      usable.catch(() => (usable = undefined));
    }
    return usable;
  };
  return {
    ready,
    failure: writes.failure,
    prove: async () => prove(await ready(), writes),
    isClosed: () => isClosed,
    close: async () => {
      isClosed = true;
      await opened?.then(
        ({ db }) => db.destroy(),
        () => undefined,
      );
    },
  };
}

async function checked(engine: Engine): Promise<Engine> {
  const { checkVersion } = await import('./migrate.ts');
  await checkVersion(engine.db);
  return engine;
}

async function prove({ db }: Engine, writes: WriteWatch): Promise<void> {
  const proven = writes.proving();
  await (await import('./prove-writes.ts')).proveWrites(db);
  proven();
}

/** Opens a database as it is: its tables are not looked at. */
export async function openEngine(url: string, writes: WriteWatch, deps: DatabaseDeps): Promise<Engine> {
  if (!url.startsWith('sqlite:')) return (await import('./postgres.ts')).openPostgres(url, writes, deps);
  return (await import('./sqlite/index.ts')).openSqlite(url.slice('sqlite:'.length), writes, deps);
}
