import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { backupsBeside, type BackupsDeps } from '../../../src/app/backup/index.ts';
import type { Parts } from '../../../src/app/make-parts.ts';
import type { RestoreMark } from '../../../src/core/ports/backup/restores.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import { LedgerTrouble } from '../../../src/core/model/errors.ts';
import { createRedactor } from '../../../src/platform/redact.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { createClock, NOW } from '../../support/time/clock.ts';

const AT = { kind: 'every', everyMs: 3_600_000 } as const;
const RESULT = { at: NOW, detail: 'whole' };

describe('backups beside runs', () => {
  let files: ReturnType<typeof folder>;
  beforeEach(() => {
    files = folder({ 'f.yaml': 'filters: [{ name: a, projects: [a] }]\n' });
  });
  afterEach(() => files.remove());

  /** One whose ledger knows only what is asked of it. */
  function stage({
    isSetUp = true,
    isService = true,
    dryRun = false,
    hasAdmin = true,
    mark = null as RestoreMark | null,
    claim = undefined as (() => Promise<never>) | undefined,
  } = {}) {
    const heard: string[] = [];
    const clock = createClock(() => true);
    let claims = 0;
    const upkeep = {
      now: async () => clock.now(),
      claim: claim ?? (async () => (claims++ === 0 ? { token: 't', failures: 0 } : null)),
      renew: async () => true,
      settle: async () => undefined,
    };
    const kept = [
      { kind: 'backup', name: 'config', server: 'mon-1', good: null, failed: RESULT },
      { kind: 'backup', name: 'config', server: 'mon-2', good: RESULT, failed: null },
    ];
    const held = async () => ({ messages: 1, tellings: 2 });
    const restores = { mark: async () => mark, held };
    const ledger = { upkeep, restores, own: { jobs: { all: async () => kept } }, sharing: { leaseMs: 30_000 } };
    const parts = { ledger, redact: createRedactor([]), settings: { dryRun } } as unknown as Parts;
    const backup = isSetUp
      ? { at: AT, to: fs.mkdtempSync(files.file('to-')), keepDays: 60, where: 'f.yaml:1' }
      : undefined;
    const deps = {
      live: { now: () => ({ backup }) },
      admin: hasAdmin ? { channel: 'ops', tell: async () => true } : undefined,
      heard: (done: readonly { name: string; status: string }[]) =>
        void heard.push(...done.map(({ name, status }) => `${name} ${status}`)),
      jobs: () => [{ kind: 'backup', name: 'config', good: RESULT, failed: null }],
    } as unknown as BackupsDeps;
    const world = {
      ...{ env: { FILTERS: files.file('f.yaml') }, disk: fs, now: clock.now, sleep: clock.sleep, server: 'mon-1' },
      ...{ version: '1.2.3', shutdown: new AbortController().signal, metrics: isService ? {} : undefined },
    };
    return { backups: backupsBeside(parts, deps, world), heard, clock };
  }

  it('are made when it is asked what is due, and after plain runs', async () => {
    const { backups, heard } = stage();
    const done = await backups.work!(scopeOf());
    assert.deepEqual([done.map(({ name, status }) => `${name} ${status}`), heard], [['config done'], ['config done']]);
    assert.deepEqual(await backups.work!(scopeOf()), []);
    for (const kind of ['plain', 'debug'] as const) {
      const other = stage();
      await other.backups.listeners[0]!.ended!({ kind } as Order, null, scopeOf());
      assert.deepEqual(other.heard, kind === 'plain' ? ['config done'] : []);
    }
  });

  it('that take long are said to be under way, and go on', async () => {
    const { backups, clock, heard } = stage();
    const asked = backups.work!(scopeOf());
    clock.advance(20_000);
    const [first] = await asked;
    assert.ok(first!.status === 'held' || first!.status === 'done');
    while (heard.length === 0) await new Promise((done) => setImmediate(done));
    assert.deepEqual(heard, ['config done']);
  });

  it('of which the ledger knows nothing fail by themselves, and are asked for again', async () => {
    const { backups, heard } = stage({ claim: async () => Promise.reject(new LedgerTrouble('it is away')) });
    const scope = scopeOf();
    const [done] = await backups.work!(scope);
    assert.deepEqual([done!.status, done!.detail, heard], ['failed', 'it is away', ['backup failed']]);
    assert.deepEqual(scope.log.texts(), ['backup not made']);
  });

  it('are none where no file says so, and by commands, dry runs, and where nobody could be told', async () => {
    const { backups } = stage({ isSetUp: false });
    assert.deepEqual(await backups.work!(scopeOf()), []);
    await backups.listeners[0]!.ended!({ kind: 'plain' } as Order, null, scopeOf());
    for (const more of [{ isService: false }, { dryRun: true }, { hasAdmin: false }]) {
      const none = stage(more).backups;
      assert.deepEqual([none.work, none.listeners], [undefined, []]);
    }
  });

  it('show what all servers did, this one’s as it is now, and what a restore left', async () => {
    const { backups } = stage();
    const { plan, jobs, restored } = backups.forPage!;
    assert.equal(plan()!.keepDays, 60);
    assert.deepEqual(
      (await jobs()).map(({ name, server, good }) => [name, server, good !== null]),
      [
        ['config', 'mon-1', true],
        ['config', 'mon-2', true],
      ],
    );
    assert.equal(await restored(), null);
    const mark = { at: NOW, copy: 'x', releasedAt: null, isTold: true };
    const { forPage } = stage({ mark }).backups;
    assert.deepEqual(await forPage!.restored(), { at: NOW, copy: 'x', held: { messages: 1, tellings: 2 } });
  });
});
