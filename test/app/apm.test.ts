import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Agent, chooseApm, preloaded, type Preloaded, STOP_MS, troublesOf } from '../../src/app/apm.ts';
import type { Receipt } from '../../src/core/model/receipt.ts';
import type { Order } from '../../src/core/ports/order.ts';
import type { ReportResult, RunResult } from '../../src/core/model/results.ts';
import type { Runner } from '../../src/core/run/join-runs.ts';
import { resultOf as wholeOf } from '../../src/core/run/run-result.ts';
import { createRedactor } from '../../src/platform/redact.ts';
import { filterOf, reportOf, START, WINDOW } from '../support/build/reports.ts';
import { createLogBook, type LogBook } from '../support/build/scope.ts';
import { within } from '../support/time/until.ts';

const TOKEN = 'anodot-token-0123';
const WHOLE: Receipt = { status: 'sent', accepted: 3, refused: [], uncertain: 0, failed: 0, refs: ['r'] };
const DOWN: Receipt = { ...WHOLE, status: 'failed', accepted: 0, failed: 3, error: `anodot: answered 500 to ${TOKEN}` };
const REFUSED: Receipt = { ...WHOLE, refused: [{ key: 'k', why: 'whatever the vendor says' }] };
const ORDER: Order = {
  kind: 'plain',
  filters: [filterOf({ name: 'a' }), filterOf({ name: 'b' })],
  window: WINDOW,
  windowGiven: false,
};

function read(name: string, sinks: Readonly<Record<string, Receipt>>, complete = true): ReportResult {
  const { filter: _filter, splits: _splits, issues, ...view } = reportOf({ complete });
  return { id: name, filter: filterOf({ name }), window: WINDOW, report: { ...view, listed: issues }, sinks };
}

function unread(name: string, message: string): ReportResult {
  return {
    id: name,
    filter: filterOf({ name }),
    window: WINDOW,
    report: null,
    fault: { message, retryable: true },
    sinks: {},
  };
}

function resultOf(...reports: readonly ReportResult[]): RunResult {
  return wholeOf({
    runId: 'run-1',
    window: WINDOW,
    end: null,
    reports,
    sourceRequests: 6,
    clockSkewMs: 2,
    durationMs: 640,
  });
}

interface FakeAgent extends Agent {
  readonly told: unknown[];
}

/** Notes what it is told; `isBroken` ones throw at every call, `isDeaf` ones never call back. */
function fakeAgent({ isBroken = false, isDeaf = false } = {}): FakeAgent {
  const told: unknown[] = [];
  const tell = (...words: unknown[]): void => {
    if (isBroken) throw new Error('agent');
    told.push(words);
  };
  return {
    told,
    startBackgroundTransaction: (name, group, work) => {
      tell('begins', name, group);
      return work();
    },
    addCustomAttributes: (attributes) => tell('attributes', attributes),
    noticeError: (error, attributes) => tell('error', error.name, error.message, error.stack, attributes),
    shutdown: (options, done) => {
      tell('shutdown', options);
      if (!isDeaf) done();
    },
  };
}

function depsOf(): {
  log: LogBook;
  redact: (text: string) => string;
  server: string;
  slept: number[];
  sleep(ms: number): Promise<void>;
} {
  const slept: number[] = [];
  return {
    log: createLogBook(),
    redact: createRedactor([TOKEN]),
    server: 'host-1',
    slept,
    sleep: async (ms) => void slept.push(ms),
  };
}

async function watch(
  result: RunResult | Error,
  order: Order = ORDER,
  agent = fakeAgent(),
): Promise<{ readonly told: unknown[]; readonly outcome: unknown; readonly runs: number; readonly log: LogBook }> {
  const deps = depsOf();
  let runs = 0;
  const inner: Runner = {
    run: async () => {
      runs++;
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const outcome = await chooseApm(true, { agent }, deps)
    .watch(inner)
    .run(order, 'run-1')
    .catch((error: unknown) => error);
  return { told: agent.told, outcome, runs, log: deps.log };
}

describe('a watched run', () => {
  it('is a background transaction with attributes, and answers as the run does', async () => {
    const result = resultOf(read('a', { anodot: WHOLE }), read('b', { anodot: WHOLE }, false));
    const { told, outcome, runs } = await watch(result);

    assert.equal(outcome, result);
    assert.equal(runs, 1);
    assert.deepEqual(told, [
      ['begins', 'run', 'sentry-monitor'],
      [
        'attributes',
        {
          outcome: 'ok',
          httpStatus: 200,
          filters: 2,
          failed: 0,
          incomplete: 1,
          sourceRequests: 6,
          durationMs: 640,
          windowStart: START,
          debug: false,
          server: 'host-1',
          runId: 'run-1',
        },
      ],
    ]);
  });

  it('has another name with debug', async () => {
    const { told } = await watch(resultOf(), { ...ORDER, kind: 'debug' });
    assert.deepEqual(told[0], ['begins', 'debug run', 'sentry-monitor']);
    assert.equal((told[1] as [string, Record<string, unknown>])[1]['debug'], true);
  });

  it('notices what failed, masked and without a stack', async () => {
    const { told } = await watch(
      resultOf(read('a', { anodot: DOWN, newrelic: WHOLE }), unread('b', 'sentry: answered 401')),
    );
    const message = 'anodot: answered 500 to ***';
    assert.deepEqual(told.slice(2), [
      [
        'error',
        'SinkFailed',
        message,
        `SinkFailed: ${message}`,
        { sink: 'anodot', runId: 'run-1', count: 1, filters: 'a' },
      ],
      [
        'error',
        'FilterNotRead',
        'sentry: answered 401',
        'FilterNotRead: sentry: answered 401',
        { runId: 'run-1', count: 1, filters: 'b' },
      ],
    ]);
    const { outcome, httpStatus, failed } = (told[1] as [string, Record<string, unknown>])[1];
    assert.deepEqual({ outcome, httpStatus, failed }, { outcome: 'partial', httpStatus: 502, failed: 2 });
  });

  it('that breaks is told without the text of the error, and breaks as before', async () => {
    const broken = new Error(`cannot ${TOKEN}`);
    const { told, outcome, runs } = await watch(broken);
    assert.equal(outcome, broken);
    assert.equal(runs, 1);
    const text = 'internal error; the log of this server says more';
    assert.deepEqual(told.slice(1), [['error', 'RunBroke', text, `RunBroke: ${text}`, { runId: 'run-1' }]]);
  });

  it('runs once, whatever the agent does', async () => {
    const result = resultOf(read('a', { anodot: DOWN }));
    const { outcome, runs, log } = await watch(result, ORDER, fakeAgent({ isBroken: true }));
    assert.equal(outcome, result);
    assert.equal(runs, 1);
    assert.deepEqual(log.texts(), ['APM agent broke', 'APM agent broke']);
  });
});

describe('troubles of a run', () => {
  it('are one for each message and sink, with the filters they concern', () => {
    const down = (sink: string, error: string): Receipt => ({ ...DOWN, error: `${sink}: ${error}` });
    assert.deepEqual(
      troublesOf([
        read('a', { anodot: down('anodot', 'x'), newrelic: REFUSED }),
        read('b', { anodot: down('anodot', 'x') }),
        read('c', { anodot: down('anodot', 'y'), newrelic: WHOLE }),
        unread('d', 'sentry: x'),
        unread('e', 'sentry: x'),
        read('f', {
          anodot: { status: 'in hand elsewhere' },
          newrelic: { status: 'skipped', why: 'debug', items: [] },
        }),
      ]),
      [
        { name: 'SinkFailed', message: 'anodot: x', sink: 'anodot', filters: ['a', 'b'] },
        { name: 'SinkFailed', message: 'newrelic: items refused', sink: 'newrelic', filters: ['a'] },
        { name: 'SinkFailed', message: 'anodot: y', sink: 'anodot', filters: ['c'] },
        { name: 'FilterNotRead', message: 'sentry: x', filters: ['d', 'e'] },
      ],
    );
  });
});

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
    await within('it stops with the agent', chooseApm(true, { agent }, never).stop(), 5000);
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
