import assert from 'node:assert/strict';
import { SettingsError } from '../../../src/config/schema.ts';
import { sql } from '../../../src/storage/ledger/index.ts';
import { depsOf } from '../../support/build/deps.ts';
import { freshDatabase } from '../../support/ledger/postgres.ts';
import { runNode } from '../../support/process/processes.ts';

const WRONG =
  'is no address of a ledger; write sqlite:<file>, or postgres://user:password@host:5432/database (signs in a password URL-encoded)';

function create(env: Record<string, string>) {
  return sql.read(env).create(depsOf(), 'ledger');
}

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    sql.read(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ variable, text }) => `${variable}: ${text}`);
    throw error;
  }
  return [];
}

describe('the settings of a ledger in tables', () => {
  for (const url of [
    'mysql://u:hunter2hunter2@h/d',
    'hunter2hunter2',
    'sqlite:',
    'postgres://',
    'postgres:///ledger',
    'http://h/hunter2hunter2',
  ]) {
    it(`refuse an address such as ${url.replaceAll('hunter2', '…')} without showing it`, () => {
      assert.deepEqual(faultsOf({ LEDGER_URL: url }), [`LEDGER_URL: ${WRONG}`]);
    });
  }

  it('take files and servers; the whole address and its password are secrets', () => {
    assert.deepEqual(sql.read({ LEDGER_URL: 'sqlite:/var/lib/ledger.db' }).secrets, ['sqlite:/var/lib/ledger.db']);
    assert.deepEqual(sql.read({ LEDGER_URL: 'postgresql://u:p%40ssword-1@db.example.com/ledger' }).secrets, [
      'postgresql://u:p%40ssword-1@db.example.com/ledger',
      'p@ssword-1',
    ]);
    assert.deepEqual(sql.read({ LEDGER_URL: 'postgres://db.example.com/ledger' }).secrets, [
      'postgres://db.example.com/ledger',
    ]);
  });

  it('name every other fault', () => {
    const faults = faultsOf({
      LEDGER_URL: 'sqlite:x',
      LEASE_SECONDS: '0',
      RETENTION_DAYS: '1',
      LEDGER_ON_ERROR: 'retry',
    });
    assert.deepEqual(
      faults.map((fault) => fault.split(':')[0]),
      ['LEASE_SECONDS', 'RETENTION_DAYS', 'LEDGER_ON_ERROR'],
    );
  });

  it('become leases and a policy', () => {
    assert.deepEqual(create({ LEDGER_URL: 'sqlite:x', LEASE_SECONDS: '7', LEDGER_ON_ERROR: 'stop' }).part.sharing, {
      leaseMs: 7000,
      parts: 6,
      lingers: true,
      onError: 'stop',
    });
    assert.deepEqual(create({ LEDGER_URL: 'sqlite:x' }).part.sharing, {
      leaseMs: 30_000,
      parts: 6,
      lingers: true,
      onError: 'safe',
    });
  });

  it('say when windows are counted again, and who is told', () => {
    const recounts = (env: Record<string, string>) => {
      const { stages, sinks } = create({ LEDGER_URL: 'sqlite:x', ...env }).part.recounts!;
      return [stages.map(({ name, ms }) => [name, ms]), sinks];
    };
    assert.deepEqual(recounts({}), [
      [
        ['10m', 600_000],
        ['1h', 3_600_000],
        ['6h', 21_600_000],
        ['23h', 82_800_000],
      ],
      undefined,
    ]);
    assert.deepEqual(recounts({ RECOUNT: '5m, 24h', RECOUNT_SINKS: 'anodot,newrelic' }), [
      [
        ['5m', 300_000],
        ['24h', 86_400_000],
      ],
      ['anodot', 'newrelic'],
    ]);
    assert.deepEqual(recounts({ RECOUNT: 'off' }), [[], undefined]);
  });

  for (const [given, fault] of [
    ['10', '"10" is no time; write minutes or hours, such as 10m,1h,6h,23h, or off'],
    ['0m', '"0m" is no time; write minutes or hours, such as 10m,1h,6h,23h, or off'],
    ['1h,off', '"off" is no time; write minutes or hours, such as 10m,1h,6h,23h, or off'],
    ['1d', '"1d" is no time; write minutes or hours, such as 10m,1h,6h,23h, or off'],
    ['1h,25h', '"25h" is more than a day; 24h is the longest'],
    ['1441m', '"1441m" is more than a day; 24h is the longest'],
    ['1h,10m', '"10m" comes after a longer or equal time; write the times rising, such as 10m,1h,6h,23h'],
    ['1h,60m', '"60m" comes after a longer or equal time; write the times rising, such as 10m,1h,6h,23h'],
    ['10m,,1h', 'has an empty entry; write entries with single commas between them'],
  ] as const) {
    it(`refuse ${given} as times to count again`, () =>
      assert.deepEqual(faultsOf({ LEDGER_URL: 'sqlite:x', RECOUNT: given }), [`RECOUNT: ${fault}`]));
  }

  it('let the start go on when nobody answers, and say so without the password', async () => {
    const deps = depsOf();
    const { part } = sql.read({ LEDGER_URL: 'postgres://u:hunter2hunter2@127.0.0.1:1/ledger' }).create(deps, 'ledger');
    await part.open();
    assert.equal(await part.health(), 'down');
    const lines = JSON.stringify((deps.log as unknown as { lines: unknown }).lines);
    assert.match(lines, /ledger cannot be reached/);
    assert.match(lines, /ECONNREFUSED/);
    assert.doesNotMatch(lines, /hunter2/);
    await part.close();
  });

  it('end the start when a newer program broke the tables', async () => {
    const { url, query, drop } = await freshDatabase();
    const first = create({ LEDGER_URL: url }).part;
    await first.open();
    assert.equal(await first.health(), 'ready');
    await query("insert into sentry_monitor_schema (version, name, breaking) values (99, 'later', 1)");
    const second = create({ LEDGER_URL: url }).part;
    await assert.rejects(
      second.open(),
      /the ledger's tables have version 99 \(later\), this program knows \d+; update sentry-monitor/,
    );
    await Promise.all([first.close(), second.close()]);
    await drop();
  });

  it('load nothing of a database at a start without one', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const seen = [];
      registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
      await import('./src/app/assemble.ts');
      console.log(JSON.stringify([seen.includes('express') || seen.includes('axios'), seen.filter((name) => /^(kysely|pg|node:sqlite)$/.test(name))]));`;
    const { code, stdout, stderr } = await runNode(['--input-type=module', '-e', script]);
    assert.deepEqual([code, stdout.trim(), stderr], [0, '[true,[]]', '']);
  });
});
