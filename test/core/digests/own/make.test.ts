import assert from 'node:assert/strict';
import type { OwnDeps } from '../../../../src/core/digests/own/deps.ts';
import { makeReport } from '../../../../src/core/digests/own/index.ts';
import { makeOwn } from '../../../../src/core/digests/own/make.ts';
import type { KeptJob } from '../../../../src/core/ports/alerting/job-store.ts';
import type { Accounts } from '../../../../src/core/ports/alerting/own-books.ts';
import { keptWatch } from '../../../support/watches/plans.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
/** Monday, 2026-11-16T08:00Z and 2026-11-23T08:00Z */
const [START, END] = [1_794_816_000_000, 1_795_420_800_000];
const PLAN = { name: 'weekly', at: { kind: 'cron', cron: '0 9 * * 1', zone: 'Europe/Berlin' } } as const;
const SLOT = { start: START, end: END, late: false, now: END + 5 * MINUTE };
const GB = 1_000_000_000;

const job = (kind: KeptJob['kind'], name: string, server: string, given: Partial<KeptJob> = {}): KeptJob => ({
  ...{ kind, name, server, good: null, failed: null },
  ...given,
});
const count = (channel: string, fate: Accounts['held'][number]['fate'], number: number) => ({
  channel,
  fate,
  count: number,
});
const watch = (name: string, everyMs: number, isCertificate = false) => ({ name, everyMs, isCertificate });
const good = (at: number, value: number | string) => ({ at, value, more: {}, answer: null });

const ACCOUNTS: Accounts = {
  runs: [
    { outcome: 'ok', count: 2000, last: END - 5 * MINUTE },
    { outcome: 'partial', count: 12, last: START },
    { outcome: 'failed', count: 3, last: START },
    { outcome: null, count: 1, last: START },
  ],
  messages: [
    count('crm', 'sent', 1204),
    count('crm', 'pending', 1),
    count('crm', 'uncertain', 2),
    count('crm', 'refused', 3),
    count('crm', 'given up', 4),
    count('ops', 'sent', 1),
    count('ops', 'held', 2),
  ],
  held: [count('crm', 'muted', 5), count('crm', 'quiet', 6), count('crm', 'pending', 7), count('crm', 'given up', 1)],
  rejects: [
    { intake: 'shop', rejects: 1, notes: 2 },
    { intake: 'quiet', rejects: 0, notes: 0 },
  ],
};

const JOBS: readonly KeptJob[] = [
  job('backup', 'nightly', 'a', { good: { at: END - 2 * DAY, detail: '412 rows compared' } }),
  job('digest', 'gone', 'a', { good: { at: END, detail: 'told' } }),
  job('intake', 'shop', 'a', {
    good: { at: END - HOUR, detail: 'read' },
    failed: { at: END - DAY, detail: 'no file' },
  }),
  job('intake', 'shop', 'b', {
    good: { at: END - 9 * DAY, detail: 'read' },
    failed: { at: END - HOUR, detail: 'no rights' },
  }),
  job('reminder', 'duty', 'a', { failed: { at: END - HOUR, detail: 'no sheet' } }),
];

function depsOf(given: Partial<OwnDeps> = {}, accounts: Accounts = ACCOUNTS): OwnDeps {
  return {
    books: {
      jobs: { all: async () => JOBS },
      accounts: async () => accounts,
      size: async () => ({
        kind: 'SQLite',
        bytes: 412_000_000,
        free: 12_000_000,
        schema: 20,
        newest: 20,
        folder: '/data',
      }),
    },
    isWanted: ({ name }) => name !== 'gone',
    hasBackup: () => true,
    watches: () => ({
      plans: [
        watch('certificate', DAY, true),
        watch('github', 30 * MINUTE),
        watch('new', HOUR),
        watch('other', HOUR, true),
      ],
      all: async () => [
        keptWatch({ name: 'certificate', good: good(END - 2 * DAY, 14) }),
        keptWatch({
          name: 'github',
          good: good(END - 2 * HOUR, 112),
          last: { at: END, fault: 'answered 503', failures: 4 },
        }),
        keptWatch({ name: 'other', good: good(END - HOUR, 80) }),
      ],
    }),
    disk: (folder) => (folder === '/data' ? { bytes: 20 * GB, free: 1 * GB } : null),
    version: '1.4.0',
    node: '24.21.0',
    ...given,
  };
}

describe('the report of the service', () => {
  it('says what is to be looked at, then all that is known', async () => {
    const message = await makeReport(PLAN, SLOT, { ...depsOf(), server: 'host-1' });
    const { id, type, lines } = message('boss');
    assert.deepEqual([id, type], ['digest/weekly@2026-11-23T08:00:00.000Z/boss', 'digest']);
    assert.deepEqual(lines, [
      'weekly: sentry-monitor, 8 things to look at, up to Mon 2026-11-23 09:00',
      'From Mon 2026-11-16 09:00 to Mon 2026-11-23 09:00 Europe/Berlin',
      '- look at: 3 runs failed',
      '- look at: intake shop fails: no rights',
      '- look at: reminder duty fails: no sheet',
      '- look at: the watch github has had no good answer for 2 h 5 min',
      '- look at: the certificate of certificate ends in 12 days',
      '- look at: the channel crm did not get 8 messages',
      '- look at: 1 record of the intake shop could not be read',
      '- look at: the disk is nearly full',
      'Runs: 2,016, of these 12 in part, 3 failed, 1 without an end; the last at Mon 2026-11-23 08:55',
      'Jobs:',
      '- backup nightly: last success Sat 2026-11-21 09:00: 412 rows compared (a)',
      '- intake shop: last success Mon 2026-11-23 08:00, last failure Mon 2026-11-23 08:00: no rights (b)',
      '- reminder duty: no success is known, last failure Mon 2026-11-23 08:00: no sheet (a)',
      'Watches:',
      '- certificate: 14, 2 d old',
      '- github: 112, 2 h 5 min old, too old; the last look: answered 503',
      '- new: no answer yet, for 0 min',
      '- other: 80, 1 h 5 min old',
      'Certificates:',
      '- certificate: 12 days left, until 2026-12-05',
      '- other: 79 days left, until 2027-02-11',
      'Messages:',
      '- crm: 1,204 sent, 3 refused, 5 given up, 2 of unknown fate, 1 waiting, 11 held back',
      '- ops: 1 sent, 2 held back',
      'Not read:',
      '- shop: 1 record, 2 remarks',
      'Ledger: SQLite, 0.4 GB, of these 12 MB free',
      'Disk: 1 GB of 20 GB free',
      'Versions: sentry-monitor 1.4.0, Node 24.21.0, tables 20',
    ]);
  });

  const QUIET: Accounts = { runs: [{ outcome: 'ok', count: 2016, last: END }], messages: [], held: [], rejects: [] };

  it('is short where there is nothing but runs, and says that all is in order', async () => {
    const none = { watches: () => undefined, isWanted: () => false, hasBackup: () => false, disk: () => null };
    const deps = depsOf(none, QUIET);
    const message = await makeReport(PLAN, { ...SLOT, late: true }, { ...deps, server: 'host-1' });
    assert.deepEqual(message('boss').lines, [
      'Late: weekly: sentry-monitor, all is in order, up to Mon 2026-11-23 09:00',
      'From Mon 2026-11-16 09:00 to Mon 2026-11-23 09:00 Europe/Berlin',
      'Runs: 2,016; the last at Mon 2026-11-23 09:00',
      'Ledger: SQLite, 0.4 GB, of these 12 MB free',
      'Versions: sentry-monitor 1.4.0, Node 24.21.0, tables 20',
    ]);
  });

  it('says what it could not read, and all the rest', async () => {
    const broken = (): never => {
      throw new Error('locked');
    };
    const books = { jobs: { all: async () => broken() }, accounts: async () => broken(), size: async () => broken() };
    const deps = depsOf({ books, watches: broken, disk: broken });
    const { unknown, findings, ...report } = await makeOwn(PLAN, SLOT, deps);
    assert.deepEqual(unknown, [
      'runs and messages could not be read: internal error: locked',
      'jobs could not be read: internal error: locked',
      'watches could not be read: internal error: locked',
      'the size of the ledger could not be read: internal error: locked',
      'the disk could not be read: internal error: locked',
    ]);
    assert.deepEqual(findings, []);
    const nothing = [report.runs, report.jobs, report.watches, report.messages, report.ledger, report.disk];
    assert.deepEqual(nothing, [null, null, null, null, null, null]);
    const message = await makeReport(PLAN, SLOT, { ...deps, server: 'host-1' });
    assert.deepEqual(message('boss').lines.at(-1), 'Versions: sentry-monitor 1.4.0, Node 24.21.0');
    assert.match(message('boss').lines[0]!, /not all of it is known/);
  });

  it('names a week without runs, a certificate that has ended, tables that are newer, and a job without any result', async () => {
    const size = { kind: 'PostgreSQL', bytes: 5_000_000, free: null, schema: 21, newest: 20, folder: null } as const;
    const jobs = { all: async () => [job('digest', 'crm', 'a')] };
    const deps = depsOf({
      books: { jobs, accounts: async () => ({ ...QUIET, runs: [] }), size: async () => size },
      watches: () => ({
        plans: [watch('shop', DAY, true), watch('never', DAY, true)],
        all: async () => [keptWatch({ name: 'shop', good: good(END, -3) }), keptWatch({ name: 'never', since: START })],
      }),
      disk: () => ({ bytes: 20 * GB, free: 2 * GB }),
    });
    const message = await makeReport(PLAN, SLOT, { ...deps, server: 'host-1' });
    assert.deepEqual(message('boss').lines.slice(2), [
      '- look at: no backup has gone well yet',
      '- look at: no run began',
      '- look at: the watch never has had no good answer for 7 d',
      '- look at: the certificate of shop has ended',
      "- look at: the ledger's tables have version 21, and this program makes 20: another server is newer",
      'Runs: 0',
      'Jobs:',
      '- digest crm: no success is known',
      'Watches:',
      '- shop: -3, 5 min old',
      '- never: no answer yet, for 7 d, too old',
      'Certificates:',
      '- shop: -3 days left, until 2026-11-20',
      'Ledger: PostgreSQL, 5 MB',
      'Disk: 2 GB of 20 GB free',
      'Versions: sentry-monitor 1.4.0, Node 24.21.0, tables 21',
    ]);
  });
});
