import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Bench, openBench } from '../../support/doctor/bench.ts';

describe('doctor, besides what fails', () => {
  let bench: Bench;
  beforeEach(async () => void (bench = await openBench()));
  afterEach(() => bench.close());

  const warnings = async (env: Readonly<Record<string, string>>): Promise<unknown> => {
    const { code, rows } = await bench.look(env);
    assert.equal(code, 0, 'warnings alone are no failure');
    return rows
      .filter(({ status }) => status !== 'ok')
      .map(({ check, status, variable, where, say }) => [check, status, variable ?? where, say]);
  };

  it('warns of an unknown variable that is nearly one of ours, and of no other', async () => {
    assert.deepEqual(await warnings({ SENTRY_AUTHTOKEN: 'x-secret-value', SENTRY_DSN: 'x', PORTAL: '1', HOME: '/' }), [
      ['settings', 'warning', 'SENTRY_AUTHTOKEN', 'is no variable of this program; did you mean SENTRY_AUTH_TOKEN?'],
    ]);
  });

  it('warns of an environment that is new, or of nobody', async () => {
    const text = 'filters:\n  - name: shop\n    projects: [shop-web]\n    environments: [load-test]\n';
    fs.writeFileSync(bench.files.file('filters.yaml'), text);
    assert.deepEqual(await warnings({}), [
      [
        'sentry environments',
        'warning',
        `${bench.files.file('filters.yaml')}:4`,
        'no event of its projects was ever in the environment load-test: misspelt, or it is new; there are production',
      ],
    ]);
  });

  it('warns of a mute of a file that is over', async () => {
    const text = 'mutes: [{ all: true, until: 2020-11-20T08:00:00Z, why: moving house }]\n';
    fs.appendFileSync(bench.files.file('filters.yaml'), text);
    const say =
      'mutes: that of all ended at 2020-11-20T08:00:00.000Z, so it mutes nothing any more; remove it, or write a later until';
    const [row] = (await warnings({})) as readonly (readonly string[])[];
    assert.deepEqual([row![0], row![1], row![3]], ['filters', 'warning', say]);
  });

  it('warns of a clock that is some seconds wrong', async () => {
    bench.sandbox.world.clock.offset(12_000);
    const found = (await warnings({})) as readonly (readonly string[])[];
    assert.deepEqual(
      found.map(([check, status]) => [check, status]),
      [['clock', 'warning']],
    );
    assert.match(found[0]![3]!, /^this server's clock is 1\d s behind the vendors'; synchronize it/);
  });

  for (const [what, loadedAt, found] of [
    ['older than the file: it says so, by the file', '2020-01-01T00:00:00.000Z', 'warning'],
    ['newer than the file: they are those of the file', '2100-01-01T00:00:00.000Z', 'ok'],
  ] as const)
    it(`asks the running service for the filters in force, ${what}`, async () => {
      const body = JSON.stringify({ status: 'ready', filters: { loadedAt } });
      const url = await bench.serve((request, response) => response.end(request.url === '/readyz' ? body : ''));
      const { rows } = await bench.look({ PORT: new URL(url).port });
      const row = rows.find(({ check }) => check === 'filters in force');
      assert.equal(row?.status, found);
      if (found === 'warning')
        assert.deepEqual(
          [row.where, row.say],
          [
            bench.files.file('filters.yaml'),
            'was changed after the running service had loaded it at 2020-01-01T00:00:00.000Z; reload or restart it',
          ],
        );
      assert.equal(rows.find(({ check }) => check === 'service')?.status, 'ok');
    });

  it('looks at everything else when settings have faults, and when a vendor hangs', async () => {
    bench.sandbox.world.faults.add({ vendor: 'sentry', kind: 'hang', times: 0 });
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> =>
      void (await wait(ms > 10_000 ? ms / 50 : 20, undefined, { signal }));
    const { rows } = await bench.look({ ANODOT_TOKEN: 'x' }, { sleep });
    const of = (name: string) => rows.filter(({ check }) => check.startsWith(name));
    assert.deepEqual(
      of('sentry').map(({ check, status, say }) => [check, status, say]),
      [['sentry connection', 'failed', 'no answer before its time was over: it had 20 s']],
    );
    assert.deepEqual(
      of('settings').map(({ status, variable }) => [status, variable]),
      [['failed', 'ANODOT_TOKEN']],
    );
    for (const name of ['newrelic key', 'ledger', "dead man's switch", 'service', 'public address'])
      assert.deepEqual(
        of(name).map(({ status }) => status),
        ['ok'],
        name,
      );
  });

  it('shows no secret, whatever a vendor echoes', async () => {
    const { env, sandbox } = bench;
    const keys = ['SENTRY_AUTH_TOKEN', 'NEW_RELIC_LICENSE_KEY', 'ANODOT_TOKEN', 'HEARTBEAT_URL'].map((it) => env[it]!);
    const body = JSON.stringify({ detail: `no ${keys.join(' ')}` });
    for (const vendor of ['sentry', 'newrelic', 'anodot', 'ping'] as const)
      sandbox.world.faults.add({ vendor, kind: 'status', status: 403, body, times: 0 });
    const { text } = await bench.look();
    assert.ok(text.includes('***'), 'it was echoed');
    for (const key of keys) assert.ok(!text.includes(key), key);
  });
});
