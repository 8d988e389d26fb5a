import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type Bench, openBench, type Row } from '../../support/doctor/bench.ts';
import { AROUND } from '../../support/doctor/around.ts';
import type { Case } from '../../support/doctor/case.ts';
import { POSTGRES } from '../../support/doctor/postgres.ts';
import { SENTRY } from '../../support/doctor/sentry.ts';
import { SINKS } from '../../support/doctor/sinks.ts';

const failed = (rows: readonly Row[]): readonly Row[] => rows.filter(({ status }) => status === 'failed');

describe('doctor', () => {
  let bench: Bench;
  beforeEach(async () => void (bench = await openBench()));
  afterEach(() => bench.close());

  it('finds nothing wrong with a sound installation, tells nobody of a run and stores nothing', async () => {
    const { code, rows } = await bench.look();
    assert.deepEqual(
      rows.map(({ check, status }) => [check, status]),
      [
        ['settings', 'ok'],
        ['filters', 'ok'],
        ['sentry connection', 'ok'],
        ['sentry token', 'ok'],
        ['sentry organization', 'ok'],
        ['sentry projects', 'ok'],
        ['sentry environments', 'ok'],
        ['sentry API', 'ok'],
        ['sentry scopes', 'ok'],
        ['anodot token', 'ok'],
        ['newrelic key', 'ok'],
        ['ledger', 'ok'],
        ["dead man's switch", 'ok'],
        ['service', 'ok'],
        ['public address', 'ok'],
        ['clock', 'ok'],
      ],
    );
    assert.equal(code, 0);
    const { newrelic, anodot, ping } = bench.sandbox.world.received;
    assert.deepEqual(
      [newrelic.events, newrelic.metrics, newrelic.droppedEvents, newrelic.droppedMetrics, anodot.samples],
      [[], [], [], [], []],
    );
    assert.deepEqual(
      ping.pings.map(({ signal }) => signal),
      ['log'],
    );
    assert.ok(!existsSync(bench.files.file('ledger.db')), 'the service makes it, as its own user');
  });

  const all: readonly Case[] = [...SENTRY, ...SINKS, ...AROUND, ...POSTGRES];
  it('knows more than 25 things that can be broken', () => assert.ok(all.length >= 25));

  for (const { broken, arrange, check, place, says } of all) {
    it(`with ${broken}: this line alone fails, and names the cause`, async () => {
      const { env, world } = await arrange(bench);
      const { code, rows } = await bench.look(env, world);
      const [row, ...others] = failed(rows);
      assert.ok(row !== undefined, JSON.stringify(rows, null, 1));
      assert.deepEqual(others, []);
      assert.equal(row.check, check);
      assert.match(row.say, says);
      if (place === null) assert.deepEqual([row.variable, row.where], [null, null]);
      else assert.ok((row.variable ?? row.where)?.endsWith(place), JSON.stringify(row));
      assert.equal(code, 1);
    });
  }
});
