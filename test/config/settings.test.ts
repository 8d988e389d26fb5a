import assert from 'node:assert/strict';
import fs from 'node:fs';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { chooseSinks } from '../../src/app/choose-sinks.ts';
import {
  baseUrl,
  commaList,
  flag,
  type Format,
  oneOf,
  plain,
  quote,
  secret,
  text,
  wholeNumber,
} from '../../src/config/formats.ts';
import { checkSettings, type Schema, SettingsError } from '../../src/config/schema.ts';
import { loadSettings, variables } from '../../src/config/settings.ts';
import type { Plugin } from '../../src/integrations/plugin.ts';

const TOKEN = 'token-0123456789';
const KEY = 'sk-0123456789abcdef';
const OTHER = 'other-0123456789';
const READER = 'reader-0123456789';
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
      tokens: [],
      metricsTokens: [],
      dryRun: false,
      filters: 'config/filters.yaml',
      strictFilters: false,
      sinks: undefined,
      settleMs: 120_000,
      runDeadlineMs: 120_000,
      shutdownMs: 25_000,
      logLevel: 'info',
      logFormat: 'json',
      page: true,
      pageToken: undefined,
      apm: false,
      apmName: 'sentry-monitor',
      heartbeatUrl: undefined,
      secrets: [],
    });
  });

  it('are read from the environment', () => {
    const env = {
      PORT: '0',
      HOST: '10.0.0.1',
      TRIGGER_TOKEN: `${TOKEN}, ${OTHER}`,
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
      PAGE: 'off',
      PAGE_TOKEN: 'page-token-012345',
      NEW_RELIC_ENABLED: 'true',
      NEW_RELIC_APP_NAME: 'crm monitor',
    };
    assert.deepEqual(loadSettings(env), {
      port: 0,
      host: '10.0.0.1',
      tokens: [TOKEN, OTHER],
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
      apm: true,
      apmName: 'crm monitor',
      heartbeatUrl: SWITCH,
      secrets: [TOKEN, OTHER, READER, `${READER}2`, 'page-token-012345', SWITCH],
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

describe('the choice of sinks', () => {
  const sink = (...wantedBy: string[]): Plugin<unknown> => ({
    variables: [],
    wantedBy,
    build: () => assert.fail('built'),
  });
  const registry = { newrelic: sink('NR_ID', 'NR_KEY'), anodot: sink('AN_TOKEN'), stdout: sink() };
  const NONE = {
    variable: 'SINKS',
    text: 'no sink is configured; set NR_ID and NR_KEY, or AN_TOKEN, or DRY_RUN=true to send nothing',
  };
  const choose = (requested: readonly string[] | undefined, env: Record<string, string>, dryRun = false) =>
    chooseSinks(requested, registry, env, dryRun);

  it('falls on those with any of their variables set', () => {
    assert.deepEqual(choose(undefined, { AN_TOKEN: 'x' }), { names: ['anodot'], faults: [] });
    assert.deepEqual(choose(undefined, { AN_TOKEN: 'x', NR_KEY: 'x' }), { names: ['newrelic', 'anodot'], faults: [] });
    assert.deepEqual(choose(undefined, { AN_TOKEN: '', NR_ID: '1' }), { names: ['newrelic'], faults: [] });
  });

  it('follows SINKS', () => {
    assert.deepEqual(choose(['anodot', 'stdout'], { AN_TOKEN: 'x', NR_ID: '1', NR_KEY: 'x' }), {
      names: ['anodot', 'stdout'],
      faults: [],
    });
  });

  it('refuses names that are unknown or not configured', () => {
    assert.deepEqual(choose(['anodot', 'pager', 'constructor', 'newrelic'], { AN_TOKEN: 'x' }, true), {
      names: ['anodot'],
      faults: [
        {
          variable: 'SINKS',
          text:
            '"pager" is not a sink; write some of newrelic, anodot, stdout; and "constructor" is not a sink; ' +
            'write some of newrelic, anodot, stdout; and names newrelic, which is not configured; set NR_ID and NR_KEY, or remove newrelic',
        },
      ],
    });
  });

  it('refuses a single unknown name', () => {
    assert.deepEqual(
      choose(['pager'], {}, true).faults.map(({ text }) => text),
      ['"pager" is not a sink; write some of newrelic, anodot, stdout'],
    );
  });

  it('refuses none at all, unless nothing is to be sent', () => {
    assert.deepEqual(choose(undefined, {}), { names: [], faults: [NONE] });
    assert.deepEqual(choose([], { NR_ID: '' }), { names: [], faults: [NONE] });
    assert.deepEqual(choose(undefined, {}, true), { names: [], faults: [] });
  });
});

/** The value a format gives, or the text of its fault, read through convict like any setting. */
function read<T>(format: Format<T>, value: string, sensitive = false): T | string {
  const one: Schema<{ one: unknown }> = { one: { env: 'ONE', doc: 'one', format, default: null, sensitive } };
  const { settings, faults } = checkSettings(one, { ONE: value });
  return faults.length > 0 ? `! ${faults.map((fault) => fault.text).join()}` : (settings.one as T);
}

describe('formats of settings', () => {
  const NUMBER = 'is not a whole number from 1 to 50; write digits only, without a unit';
  const ADDRESS = '! is not an http or https address; write it in full, such as https://sentry.example.com';
  const cases: readonly (readonly [name: string, format: Format<unknown>, value: string, result: unknown])[] = [
    ['number', wholeNumber(1, 50), '1', 1],
    ['number', wholeNumber(1, 50), ' 050 ', 50],
    ['number', wholeNumber(1, 50), '12abc', `! "12abc" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '0', `! "0" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '51', `! "51" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '-1', `! "-1" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '1e1', `! "1e1" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '5.0', `! "5.0" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '٣', `! "٣" ${NUMBER}`],
    [
      'number',
      wholeNumber(0, Infinity),
      '1'.repeat(16),
      `! "${'1'.repeat(16)}" is not a whole number from 0 to Infinity; write digits only, without a unit`,
    ],
    ...['true', '1', 'yes', 'on', 'TRUE', 'On'].map((word) => ['flag', flag, word, true] as const),
    ...['false', '0', 'no', 'off', 'False'].map((word) => ['flag', flag, word, false] as const),
    ['flag', flag, 'maybe', '! "maybe" is neither yes nor no; write true or false'],
    ['flag', flag, '10', '! "10" is neither yes nor no; write true or false'],
    ['url', baseUrl, 'https://acme.example.com', 'https://acme.example.com'],
    ['url', baseUrl, 'HTTP://Acme.example.com:8080/sentry/eu//', 'http://acme.example.com:8080/sentry/eu'],
    ['url', baseUrl, 'acme.example.com', ADDRESS],
    ['url', baseUrl, 'ftp://acme.example.com', ADDRESS],
    ['url', baseUrl, 'http:acme.example.com', ADDRESS],
    ['url', baseUrl, 'https://', ADDRESS],
    [
      'url',
      baseUrl,
      `https://user:${KEY}@acme.example.com`,
      '! holds a user name or password; remove everything up to the @',
    ],
    [
      'url',
      baseUrl,
      `https://:${KEY}@acme.example.com`,
      '! holds a user name or password; remove everything up to the @',
    ],
    [
      'url',
      baseUrl,
      `https://acme.example.com/?token=${KEY}`,
      '! has a query or fragment; remove everything from the ? or # on',
    ],
    ['url', baseUrl, 'https://acme.example.com/#', '! has a query or fragment; remove everything from the ? or # on'],
    ['list', commaList(), 'a', ['a']],
    ['list', commaList(), ' a , b c ', ['a', 'b c']],
    ['list', commaList(wholeNumber(1, 50)), '1,2', [1, 2]],
    ['list', commaList(), 'a,', '! has an empty entry; write entries with single commas between them'],
    ['list', commaList(), 'a, ,b', '! has an empty entry; write entries with single commas between them'],
    ['list', commaList(), 'a,b,a', '! holds "a" twice; remove one'],
    ['list', commaList(wholeNumber(1, 50)), '1,x', `! "x" ${NUMBER}`],
    ['one of', oneOf('us', 'eu'), 'eu', 'eu'],
    ['one of', oneOf('us', 'eu'), 'EU', '! "EU" is not one of us, eu; write one of them'],
    ['secret', secret(), `\n${KEY}\r\n`, KEY],
    ['secret', secret(), 'two words', '! has white space inside; copy the value again, on one line'],
    ['secret', secret(), 'two\nlines', '! has white space inside; copy the value again, on one line'],
    ['secret', secret(), 'schlüssel', '! has characters other than printable ASCII; copy the value again'],
    ['secret', secret(), 'bell\u0007', '! has characters other than printable ASCII; copy the value again'],
    ['secret', secret(16), '0123456789abcde', '! has fewer than 16 characters; use a longer random value'],
    ['secret', secret(16), '0123456789abcdef', '0123456789abcdef'],
    ['text', text(/\d+/, 'the number of the account'), '123', '123'],
    [
      'text',
      text(/\d+/, 'the number of the account'),
      '123x',
      '! "123x" does not fit; write the number of the account',
    ],
    ['text', text(/\d+/, 'the number of the account'), 'x', '! "x" does not fit; write the number of the account'],
    ['plain', plain, 'config/a b.yaml', 'config/a b.yaml'],
    ['plain', plain, 'a\u0000b', '! "a\\u0000b" has control characters; write plain text on one line'],
  ];
  for (const [name, format, value, result] of cases) {
    it(`${name} reads ${quote(value)}`, () => assert.deepEqual(read(format, value), result));
  }

  it('show no part of a sensitive value', () => {
    assert.equal(read(commaList(), `${KEY},${KEY}`, true), '! holds a value twice; remove one');
    assert.equal(
      read(wholeNumber(1, 5), KEY, true),
      '! a value is not a whole number from 1 to 5; write digits only, without a unit',
    );
    const formats = [
      wholeNumber(1, 5),
      flag,
      baseUrl,
      commaList(),
      oneOf('a'),
      secret(99),
      text(/x/, 'x'),
      plain,
      commaList(secret(99)),
    ];
    const values = [
      KEY,
      `${KEY},${KEY}`,
      `${KEY} ${KEY}`,
      `${KEY}ü`,
      `https://${KEY}@acme.example.com`,
      `\u0001${KEY}`,
    ];
    for (const format of formats) {
      for (const value of values) {
        const result = read<unknown>(format, value, true);
        if (typeof result === 'string' && result.startsWith('!')) assert.ok(!result.includes(KEY), result);
      }
    }
  });

  it('give back every whole number that was written down', () => {
    fc.assert(fc.property(fc.nat(), (number) => assert.equal(read(wholeNumber(0, 2 ** 31), String(number)), number)));
  });

  it('quote on one line, without invisible characters, not too long', () => {
    assert.equal(quote('a"\n\u2028\u200b'), '"a\\"\\n\\u2028\\u200b"');
    assert.equal(quote('x'.repeat(61)), `"${'x'.repeat(60)}…"`);
    assert.equal(quote('x'.repeat(60)), `"${'x'.repeat(60)}"`);
  });
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
