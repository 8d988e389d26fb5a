import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chooseApm, preloaded, type Preloaded, STOP_MS } from '../../src/app/apm.ts';
import type { Runner } from '../../src/core/run/join-runs.ts';
import { within } from '../support/time/until.ts';
import { fakeAgent, depsOf } from './fake-agent.ts';

describe('the choice of APM', () => {
  const inner: Runner = { run: () => assert.fail('run') };

  it('is none without NEW_RELIC_ENABLED, whatever was preloaded', async () => {
    const deps = depsOf();
    const agent = fakeAgent();
    const apm = chooseApm(false, { agent }, deps);
    assert.equal(apm.watch(inner), inner);
    await apm.stop();
    assert.deepEqual([agent.told, deps.log.lines, deps.slept], [[], [], []]);
  });

  it('is none without the agent, with one line that says why', () => {
    for (const [found, why] of [
      [undefined, /^apm\.cjs was not preloaded; /],
      [{ why: 'no key' }, /^no key$/],
    ] as const) {
      const deps = depsOf();
      assert.equal(chooseApm(true, found, deps).watch(inner), inner);
      assert.deepEqual(deps.log.texts(), ['no APM']);
      assert.match(String(deps.log.lines[0]?.fields['why']), why);
    }
  });

  it('stops with what is pending, and does not wait for an agent that never calls back or breaks', async () => {
    const agent = fakeAgent({ isDeaf: true });
    const deps = depsOf();
    await chooseApm(true, { agent }, deps).stop();
    assert.deepEqual(agent.told, [['shutdown', { collectPendingData: true, timeout: STOP_MS }]]);
    assert.deepEqual(deps.slept, [STOP_MS]);

    await chooseApm(true, { agent: fakeAgent({ isBroken: true }) }, depsOf()).stop();
  });

  it('does not wait longer than the agent takes', async () => {
    const agent = fakeAgent();
    const never = { ...depsOf(), sleep: () => new Promise<void>(() => undefined) };
    await within('it stops with the agent', chooseApm(true, { agent }, never).stop());
    assert.deepEqual(agent.told, [['shutdown', { collectPendingData: true, timeout: STOP_MS }]]);
  });
});

describe('apm.cjs', () => {
  const require = createRequire(import.meta.url);
  interface AgentConfig {
    readonly host: string;
    readonly license_key: string;
    readonly attributes: { readonly exclude: readonly string[] };
  }
  const ENV = { NEW_RELIC_LICENSE_KEY: 'f00d0123456789abcdef0123456789abcdefNRAL' };

  /** Loads apm.cjs and newrelic.cjs anew in this environment, with another package in the agent's place. */
  function load(
    env: Readonly<Record<string, string>>,
    agent: unknown,
  ): { readonly found: Preloaded | undefined; readonly config: AgentConfig; readonly env: NodeJS.ProcessEnv } {
    const before = { ...process.env };
    const path = require.resolve('newrelic');
    const scope = globalThis as Record<symbol, unknown>;
    try {
      Object.assign(process.env, env);
      for (const file of ['../../apm.cjs', '../../newrelic.cjs']) delete require.cache[require.resolve(file)];
      require.cache[path] = { id: path, filename: path, loaded: true, exports: agent } as NodeJS.Module;
      require('../../apm.cjs');
      return {
        found: preloaded(globalThis),
        config: (require('../../newrelic.cjs') as { config: AgentConfig }).config,
        env: { ...process.env },
      };
    } finally {
      delete require.cache[path];
      delete scope[Symbol.for('sentry-monitor.apm')];
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    }
  }

  it('loads the agent for the words that the settings take for true, and for no other', () => {
    const agent = {};
    for (const word of ['true', '1', 'yes', 'on', 'TRUE', ' On '])
      assert.equal(load({ ...ENV, NEW_RELIC_ENABLED: word }, agent).found?.agent, agent, word);
    for (const word of ['', 'false', '0', 'no', 'off', 'enabled', 'maybe'])
      assert.equal(load({ ...ENV, NEW_RELIC_ENABLED: word }, agent).found, undefined, word);
    assert.equal(load(ENV, agent).found, undefined);
  });

  it('keeps the key out of the settings that the agent reports', () => {
    const settings = { license_key: 'key', port: 443 };
    load({ ...ENV, NEW_RELIC_ENABLED: 'true' }, { agent: { config: settings } });
    assert.deepEqual([Object.keys(settings), settings.license_key], [['port'], 'key']);
  });

  it('lets no other settings file stand in, and adds to a list of exclusions', () => {
    const { config, env } = load(
      {
        ...ENV,
        NEW_RELIC_ENABLED: 'true',
        NEW_RELIC_NO_CONFIG_FILE: '1',
        NEW_RELIC_HOME: '/nowhere',
        NEW_RELIC_ATTRIBUTES_EXCLUDE: 'a.*',
      },
      {},
    );
    assert.deepEqual([env['NEW_RELIC_HOME'], env['NEW_RELIC_NO_CONFIG_FILE']], [process.cwd(), undefined]);
    assert.equal(env['NEW_RELIC_ATTRIBUTES_EXCLUDE'], [...config.attributes.exclude, 'a.*'].join(','));
  });

  it('finds the host of the government region, which is not in the key', () => {
    assert.equal(load({ ...ENV, NEW_RELIC_REGION: 'gov' }, {}).config.host, 'gov-collector.newrelic.com');
    assert.equal(load({ ...ENV, NEW_RELIC_REGION: 'eu' }, {}).config.host, '');
  });

  it('takes the key as the program does, and says when there is none', () => {
    assert.equal(
      load({ NEW_RELIC_LICENSE_KEY_FILE: 'test/fixtures/settings/token' }, {}).config.license_key,
      readFileSync('test/fixtures/settings/token', 'utf8').trim(),
    );
    const without: Record<string, string>[] = [
      {},
      { NEW_RELIC_LICENSE_KEY: ' ' },
      { NEW_RELIC_LICENSE_KEY_FILE: '/nowhere' },
    ];
    for (const env of without) {
      assert.match(
        load({ ...env, NEW_RELIC_ENABLED: 'true' }, {}).found?.why ?? '',
        /^NEW_RELIC_LICENSE_KEY is not set/,
      );
    }
  });
});
