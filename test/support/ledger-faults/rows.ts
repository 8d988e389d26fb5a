/** What one trouble of the ledger comes to, in words. */
export interface Row {
  /** Of the post that met it: status, `status` of the body, `Sentry-Monitor-Sent`. */
  readonly answer: string;
  /** What the sink got of it, and what its receipt says. */
  readonly newrelic: string;
  readonly anodot: string;
  /** `readyz`, and `sentry_monitor_ledger_up`. */
  readonly readyz: string;
  readonly up: string;
  /** Log lines about the ledger while it was in trouble. */
  readonly log: string;
  /** The ledger's verdict on the page. */
  readonly page: string;
  /** The same window and the one before once more, when the ledger is well again: status, and what then is stored. */
  readonly again: string;
}

/** What must happen, written by hand. */
export interface ExpectedRow {
  /** Names the trouble for the code. */
  readonly id: string;
  readonly engine: 'SQLite' | 'PostgreSQL';
  /** For people: the trouble, and how it was made. */
  readonly trouble: string;
  readonly row: Row;
  /** What a person does. */
  readonly todo: string;
}

const SERVED = { newrelic: 'all, `unledgered`', anodot: 'nothing: it waits' } as const;
const SOUND: Row = {
  answer: '200 ok all',
  newrelic: 'all',
  anodot: 'all',
  readyz: 'ready',
  up: '1',
  log: '-',
  page: 'in order',
  again: '200, all once',
};

const AWAY = '`ledger cannot be reached`';
const LOST = '`ledger is lost`, `ledger is not used any more`';

/** It cannot be reached or written: with the policy `safe` a repeat does no harm to New Relic, and would to Anodot. */
function away(page: string, more: Partial<Row> = {}): Row {
  return {
    answer: '502 partial some',
    ...SERVED,
    readyz: 'degraded',
    up: '0',
    log: AWAY,
    page,
    again: '200, all once',
    ...more,
  };
}

export const ROWS: readonly ExpectedRow[] = [
  {
    id: 'sqlite locked',
    engine: 'SQLite',
    todo: 'end the backup or shell that holds it, or let it take less than 5 s',
    trouble: 'locked: another process holds a write lock for longer than 5 s',
    row: away('Nothing can be written: the ledger is locked by another process: database is locked.'),
  },
  {
    id: 'postgres locked',
    engine: 'PostgreSQL',
    todo: 'end the session that holds it (`pg_locks`); nothing needs a restart',
    trouble: 'locked: another session holds the table of claims for longer than 10 s',
    row: away('The ledger cannot be read: no answer within 5 s.'),
  },
  {
    id: 'sqlite read-only',
    engine: 'SQLite',
    todo: 'check the disk (`dmesg`, `fsck`), mount it again, and restart this server',
    trouble: 'read-only: the kernel lets nobody write its disk any more, after an error of the disk',
    row: away('Nothing can be written: the ledger cannot be reached on its disk: disk I/O error.', {
      again: '200, New Relic twice, Anodot once; before: all once',
    }),
  },
  {
    id: 'postgres read-only',
    engine: 'PostgreSQL',
    todo: 'point `LEDGER_URL` to the primary and restart; a failover that passes needs nothing',
    trouble: 'read-only: a standby after a failover, or made so',
    row: away(
      'Nothing can be written: the ledger can only be read, this PostgreSQL is a standby or was made read-only: cannot execute DELETE in a read-only transaction.',
    ),
  },
  {
    id: 'sqlite full',
    engine: 'SQLite',
    todo: 'free some of the disk; nothing needs a restart',
    trouble: 'full: no room is left on the disk',
    row: away('Nothing can be written: the ledger has no room, its disk is full: database or disk is full.'),
  },
  {
    id: 'postgres full',
    engine: 'PostgreSQL',
    todo: 'free some of the disk; nothing needs a restart',
    trouble: 'full: writes are refused with the error of a full disk',
    row: away(
      'Nothing can be written: the ledger has no room, its disk is full: could not extend file: No space left on device.',
    ),
  },
  {
    id: 'sqlite gone',
    engine: 'SQLite',
    todo: 'stop the server, put a copy in its place without `-wal` and `-shm`, start it',
    trouble: 'gone: the file is deleted',
    row: away(
      'The ledger cannot be read: its file was deleted under this server; put back the right one without -wal and -shm beside it, and start this server anew.',
      { log: LOST, again: '200, New Relic twice, Anodot once; before: New Relic twice, Anodot twice' },
    ),
  },
  {
    id: 'postgres gone',
    engine: 'PostgreSQL',
    todo: 'start it; nothing needs a restart here',
    trouble: 'gone: its server does not take connections',
    row: away('The ledger cannot be reached: connect ECONNREFUSED host:port.'),
  },
  {
    id: 'sqlite restored',
    engine: 'SQLite',
    todo: 'stop the server, put the right copy in its place without `-wal` and `-shm`, start it',
    trouble: 'restored: the file is overwritten by an older copy',
    row: away(
      'The ledger cannot be read: its file was overwritten by an older copy under this server; put back the right one without -wal and -shm beside it, and start this server anew.',
      { log: LOST, again: '200, New Relic twice, Anodot once; before: New Relic twice, Anodot twice' },
    ),
  },
  {
    id: 'postgres restored',
    engine: 'PostgreSQL',
    todo: 'nothing can be seen: what was delivered after the copy was made is sent again when it is caught up or posted',
    trouble: 'restored: an older copy of the database takes its place',
    row: { ...SOUND, again: '200, the window before: New Relic twice, Anodot twice' },
  },
  {
    id: 'sqlite slow',
    engine: 'SQLite',
    todo: 'nothing',
    trouble: 'slow: it is locked for two of every three seconds',
    row: SOUND,
  },
  {
    id: 'postgres slow',
    engine: 'PostgreSQL',
    todo: 'nothing; see that a run stays within its deadline',
    trouble: 'slow: each answer comes 0.3 s late',
    row: SOUND,
  },
];
