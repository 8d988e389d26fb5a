import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { backupCheck } from '../../../../src/app/examine/outside/backup.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { folder } from '../../../support/process/temp-folder.ts';

/** A Monday; the schedule's last instant was on Saturday, the 28th, at 15:00. */
const NOW = Date.parse('2026-11-30T12:00Z');
const AT = { kind: 'cron', cron: '0 15 * * 6', zone: 'UTC' } as const;

describe('doctor, of the place of backups', () => {
  let own: ReturnType<typeof folder>;
  beforeEach(() => void (own = folder({})));
  afterEach(() => own.remove());

  async function found(to = own.path, now = NOW, roots?: readonly string[]): Promise<readonly string[]> {
    const check = backupCheck({ at: AT, to, keepDays: null, where: 'f.yaml:3' }, roots, {
      now: () => now,
      uuid: () => 'u1',
    });
    const exam = { filters: [], disk: { statSync: () => assert.fail(), accessSync: () => undefined }, thorough: true };
    const all = await Array.fromAsync(check.run({ ...exam, scope: scopeOf() }));
    for (const it of all) assert.deepEqual([it.check, it.where], ['backup', 'f.yaml:3']);
    return all.map(({ status, say }) => `${status} ${say.replace(to, 'TO')}`);
  }
  const copy = (date: string, isProven = true): void => {
    const name = `host-1_${date}_ledger.sqlite.gz`;
    for (const it of isProven ? [name, `${name}.proof.json`] : [name]) writeFileSync(own.file(it), '');
  };

  it('writes a file, reads it back, and leaves nothing', async () => {
    assert.deepEqual(await found(), [
      'ok TO: can be written, read and deleted from',
      'warning TO: no copy is there; the next plain run makes one, or sentry-monitor backup does now',
    ]);
    assert.deepEqual(readdirSync(own.path), []);
  });

  it('holds the newest proven copy against the schedule', async () => {
    for (const date of ['2026-11-14T15-00-02Z', '2026-11-28T15-02-00Z']) copy(date);
    writeFileSync(own.file('notes.txt'), '');
    assert.equal((await found())[1], 'ok TO: the newest of 2 proven files is of 2026-11-28 15:02:00 UTC');
    rmSync(own.file('host-1_2026-11-28T15-02-00Z_ledger.sqlite.gz.proof.json'));
    assert.equal(
      (await found())[1],
      'warning TO: the newest of 1 proven file is of 2026-11-14 15:00:02 UTC, 15 d 20 h ago, and one was due at ' +
        '2026-11-28 15:00:00 UTC; see /status for what keeps it from being made, or make one now: sentry-monitor backup',
    );
    const justAfter = Date.parse('2026-11-28T16:30Z');
    copy('2026-11-21T15-01-00Z');
    assert.match((await found(own.path, justAfter))[1]!, /^ok /, 'it may be under way');
  });

  it('fails where links lead out of the folders that files may name', async () => {
    for (const name of ['roots', 'other']) mkdirSync(own.file(name));
    symlinkSync(own.file('other'), own.file('roots/link'));
    const roots = [own.file('gone'), own.file('roots')];
    assert.deepEqual(await found(own.file('roots/link'), NOW, roots), [
      `failed TO: ${own.file('roots/link')} leads outside of FILE_ROOTS; add its folder there, or name another`,
    ]);
    assert.match((await found(own.file('roots'), NOW, roots))[0]!, /^ok /);
    assert.match((await found(own.file('lost'), NOW, roots)).join(), /there is no folder/);
  });

  it('fails where there is no folder, or nothing can be written', async () => {
    assert.deepEqual(await found(own.file('gone')), [
      `failed TO: there is no folder ${own.file('gone')}: make it (mkdir -m 700), or mount its disk`,
    ]);
    mkdirSync(own.file('a'));
    writeFileSync(own.file('file'), '');
    assert.match((await found(own.file('file'))).join(), /^failed TO: ENOTDIR/);
    chmodSync(own.file('a'), 0o500);
    // Root may write everywhere.
    if (process.getuid!() !== 0) assert.match((await found(own.file('a'))).join(), /^failed TO: EACCES/);
  });
});
