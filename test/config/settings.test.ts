import assert from 'node:assert/strict';
import fs from 'node:fs';
import { parseEnv } from 'node:util';
import { SettingsError } from '../../src/config/schema.ts';
import { loadSettings, variables } from '../../src/config/settings.ts';

const TOKEN = 'token-0123456789';
const OTHER = 'other-0123456789';
const [SENDER, READER] = ['sender-0123456789', 'reader-0123456789'];
const SWITCH = 'https://hc.example.com/2b0e5c1a-0000-4000-8000-000000000000';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ variable, text }) => `${variable}: ${text}`);
    throw error;
  }
  return [];
}

describe("the program's settings", () => {
  it('have defaults that suit a laptop', () => {
    assert.deepEqual(loadSettings({}), {
      port: 3000,
      host: '127.0.0.1',
      ...{ tokens: [], intakeTokens: [], metricsTokens: [] },
      dryRun: false,
      filters: 'config/filters.yaml',
      strictFilters: false,
      settleMs: 120_000,
      runDeadlineMs: 120_000,
      shutdownMs: 25_000,
      logLevel: 'info',
      logFormat: 'json',
      page: true,
      pageActions: false,
      pageUsers: [],
      apm: false,
      apmName: 'sentry-monitor',
      secrets: [],
    });
  });

  it('are read from the environment', () => {
    const env = {
      PORT: '0',
      HOST: '10.0.0.1',
      TRIGGER_TOKEN: `${TOKEN}, ${OTHER}`,
      INTAKE_TOKEN: `${SENDER},${SENDER}2`,
      METRICS_TOKEN: `${READER},${READER}2`,
      DRY_RUN: 'yes',
      FILTERS: '/etc/acme/filters',
      STRICT_FILTERS: 'on',
      SINKS: 'newrelic,anodot',
      SETTLE_SECONDS: '0',
      RUN_DEADLINE_SECONDS: '90',
      SHUTDOWN_SECONDS: '10',
      LOG_LEVEL: 'silent',
      LOG_FORMAT: 'pretty',
      HEARTBEAT_URL: SWITCH.replace('example.com', 'Example.com'),
      STATSD_URL: 'udp://[::1]:9125',
      SERVER_NAME: 'monitor-1',
      PAGE: 'off',
      PAGE_TOKEN: 'page-token-012345',
      NEW_RELIC_ENABLED: 'true',
      NEW_RELIC_APP_NAME: 'crm monitor',
    };
    assert.deepEqual(loadSettings(env), {
      port: 0,
      host: '10.0.0.1',
      tokens: [TOKEN, OTHER],
      intakeTokens: [SENDER, `${SENDER}2`],
      metricsTokens: [READER, `${READER}2`],
      dryRun: true,
      filters: '/etc/acme/filters',
      strictFilters: true,
      sinks: ['newrelic', 'anodot'],
      settleMs: 0,
      runDeadlineMs: 90_000,
      shutdownMs: 10_000,
      logLevel: 'silent',
      logFormat: 'pretty',
      page: false,
      pageToken: 'page-token-012345',
      pageActions: false,
      pageUsers: [],
      apm: true,
      apmName: 'crm monitor',
      deadMansSwitch: SWITCH,
      statsd: { host: '::1', port: 9125 },
      serverName: 'monitor-1',
      secrets: [TOKEN, OTHER, SENDER, `${SENDER}2`, READER, `${READER}2`, 'page-token-012345', SWITCH],
    });
  });

  it('open to other machines only with a token', () => {
    assert.equal(loadSettings({ TRIGGER_TOKEN: TOKEN }).host, '0.0.0.0');
    assert.equal(loadSettings({ TRIGGER_TOKEN: TOKEN, HOST: '127.0.0.1' }).host, '127.0.0.1');
    for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '::1'])
      assert.equal(loadSettings({ HOST: host }).host, host);
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.example.com', 'localhost.example.com', '::11']) {
      assert.deepEqual(faultsOf({ HOST: host }), [
        `HOST: "${host}" can be reached from other machines and TRIGGER_TOKEN is not set; set TRIGGER_TOKEN, or HOST to 127.0.0.1`,
      ]);
    }
  });

  const WORDS = 'fatal, error, warn, info, debug, trace, silent';
  const bad: readonly (readonly [env: Record<string, string>, ...faults: string[]])[] = [
    [{ PORT: '12abc' }, 'PORT: "12abc" is not a whole number from 0 to 65535; write digits only, without a unit'],
    [{ PORT: '65536' }, 'PORT: "65536" is not a whole number from 0 to 65535; write digits only, without a unit'],
    [
      { HOST: '127.0.0.1/8', TRIGGER_TOKEN: TOKEN },
      'HOST: "127.0.0.1/8" does not fit; write an address or host name without port, such as 127.0.0.1',
    ],
    [{ TRIGGER_TOKEN: 'short' }, 'TRIGGER_TOKEN: has fewer than 16 characters; use a longer random value'],
    [{ TRIGGER_TOKEN: `${TOKEN},short` }, 'TRIGGER_TOKEN: has fewer than 16 characters; use a longer random value'],
    [{ HEARTBEAT_URL: 'hc.example.com/x' }, 'HEARTBEAT_URL: is not an http or https address; copy it again, in full'],
    [
      { HEARTBEAT_URL: 'https://me:pass@hc.example.com/x' },
      'HEARTBEAT_URL: holds a user name or password; remove everything up to the @',
    ],
    [{ HEARTBEAT_URL: `${SWITCH}#x` }, 'HEARTBEAT_URL: has a fragment; remove everything from the # on'],
    [
      { HEARTBEAT_URL: `${SWITCH}/${'x'.repeat(1000)}` },
      'HEARTBEAT_URL: has more than 1000 characters; check that it is the right value, or file',
    ],
    [
      { STATSD_URL: 'http://127.0.0.1:8125' },
      'STATSD_URL: "http://127.0.0.1:8125" is not udp:// with a host and a port; write it such as udp://127.0.0.1:8125',
    ],
    [
      { STATSD_URL: 'udp://agent:70000' },
      'STATSD_URL: "udp://agent:70000" is not udp:// with a host and a port; write it such as udp://127.0.0.1:8125',
    ],
    [
      { SERVER_NAME: 'monitor 1' },
      'SERVER_NAME: "monitor 1" does not fit; write a name of letters, digits, dots and hyphens, such as monitor-1',
    ],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN: has fewer than 16 characters; use a longer random value'],
    [
      { TRIGGER_TOKEN: `${TOKEN},${OTHER}`, METRICS_TOKEN: `${READER},${OTHER}` },
      'METRICS_TOKEN: is a TRIGGER_TOKEN too; use another: who reads metrics must not be able to start runs',
    ],
    [
      { TRIGGER_TOKEN: `${TOKEN},` },
      'TRIGGER_TOKEN: has an empty entry; write entries with single commas between them',
    ],
    [{ TRIGGER_TOKEN: `${TOKEN},${TOKEN}` }, 'TRIGGER_TOKEN: holds a value twice; remove one'],
    [{ PAGE: 'hidden' }, 'PAGE: "hidden" is neither yes nor no; write true or false'],
    [{ PAGE_TOKEN: 'short' }, 'PAGE_TOKEN: has fewer than 16 characters; use a longer random value'],
    [
      { PAGE_TOKEN: OTHER, TRIGGER_TOKEN: `${TOKEN},${OTHER}` },
      'PAGE_TOKEN: is a TRIGGER_TOKEN too, and who looks could post runs; use another random value',
    ],
    [{ DRY_RUN: 'maybe' }, 'DRY_RUN: "maybe" is neither yes nor no; write true or false'],
    [{ STRICT_FILTERS: '2' }, 'STRICT_FILTERS: "2" is neither yes nor no; write true or false'],
    [{ NEW_RELIC_ENABLED: 'enabled' }, 'NEW_RELIC_ENABLED: "enabled" is neither yes nor no; write true or false'],
    [{ FILTERS: 'a\nb' }, 'FILTERS: "a\\nb" has control characters; write plain text on one line'],
    [
      { SINKS: 'New Relic' },
      'SINKS: "New Relic" does not fit; write names of sinks with commas between them, such as newrelic,anodot',
    ],
    [{ SINKS: ',' }, 'SINKS: has an empty entry; write entries with single commas between them'],
    [
      { SETTLE_SECONDS: '2m' },
      'SETTLE_SECONDS: "2m" is not a whole number from 0 to 3600; write digits only, without a unit',
    ],
    [
      { RUN_DEADLINE_SECONDS: '0' },
      'RUN_DEADLINE_SECONDS: "0" is not a whole number from 1 to 3600; write digits only, without a unit',
    ],
    [
      { SHUTDOWN_SECONDS: '-1' },
      'SHUTDOWN_SECONDS: "-1" is not a whole number from 0 to 3600; write digits only, without a unit',
    ],
    [{ LOG_LEVEL: 'verbose' }, `LOG_LEVEL: "verbose" is not one of ${WORDS}; write one of them`],
    [{ LOG_FORMAT: 'JSON' }, 'LOG_FORMAT: "JSON" is not one of json, pretty; write one of them'],
    [
      { HOST: '0.0.0.0', PORT: 'x', TRIGGER_TOKEN: '' },
      'PORT: "x" is not a whole number from 0 to 65535; write digits only, without a unit',
      'HOST: "0.0.0.0" can be reached from other machines and TRIGGER_TOKEN is not set; set TRIGGER_TOKEN, or HOST to 127.0.0.1',
    ],
    [
      { HOST: '0.0.0.0', TRIGGER_TOKEN: 'short' },
      'TRIGGER_TOKEN: has fewer than 16 characters; use a longer random value',
    ],
  ];
  for (const [env, ...faults] of bad) {
    it(`refuse ${JSON.stringify(env)}`, () => assert.deepEqual(faultsOf(env), faults));
  }
});

describe('.env.example', () => {
  const file = fs.readFileSync('.env.example', 'utf8');

  it('holds every variable of the program, at its default where it is commented out', () => {
    for (const { env, default: value } of variables) {
      assert.match(file, new RegExp(`^(# )?${env}=`, 'm'), env);
      const commented = new RegExp(`^# ${env}=(.*)$`, 'm').exec(file)?.[1];
      if (commented !== undefined && value !== null) assert.equal(commented, value, env);
    }
  });

  /** The comment above a variable, and what of it stands behind "default". */
  const saidOf = (env: string): { readonly comment: string; readonly said: string | undefined } => {
    const comment = new RegExp(`^# (.*)\\n(?:# )?${env}=`, 'm').exec(file)?.[1] ?? '';
    return { comment, said: /; default (.*)$/.exec(comment)?.[1] };
  };

  for (const { env, default: value, required, sensitive } of variables) {
    const words = value ?? (required ? 'that it is needed' : 'what holds without it');
    it(`says of ${env} what the program does: ${words}`, () => {
      const { comment, said } = saidOf(env);
      assert.notEqual(comment, '', 'a comment stands above it');
      if (value !== null) assert.equal(said?.replace(/: .*/, ''), value);
      else if (required) assert.equal(said, undefined, 'it has no default');
      else
        assert.match(
          said ?? '',
          /^(none|by region|those whose variables are set|the host's|127\.0\.0\.1, with a TRIGGER_TOKEN)/,
        );
      assert.equal(comment.includes('(secret)'), sensitive, 'whether it is a secret');
    });
  }

  for (const [env, words] of [
    ['SENTRY_CONCURRENCY', '1 to 15'],
    ['SETTLE_SECONDS', 'seconds'],
    ['RECOUNT', 'after their end and the settle time'],
  ] as const)
    it(`says of ${env}: ${words}`, () => assert.ok(saidOf(env).comment.includes(words)));

  it('is right as it is, and sends nothing', () => {
    const settings = loadSettings(parseEnv(file));
    assert.equal(settings.dryRun, true);
    assert.equal(settings.host, '127.0.0.1');
    assert.ok(fs.existsSync(settings.filters));
  });

  it('is right with every line uncommented', () => {
    assert.equal(loadSettings(parseEnv(file.replaceAll(/^# (?=[A-Z_]+=)/gm, ''))).logFormat, 'json');
  });

  it('holds no secret', () => {
    for (const [, name, value] of file.matchAll(/^(\w*(?:TOKEN|KEY))=(.*)$/gm)) assert.equal(value, '', name);
  });
});
