import assert from 'node:assert/strict';
import { assemble } from '../../../../src/app/assemble.ts';
import { StartError } from '../../../../src/app/start-error.ts';
import { worldOf } from '../../fake-world.ts';

const KEYS = { LEDGER_URL: 'sqlite:ledger.db', GITHUB_TOKEN: 'gh-0123456789abcdef' };

function start(watches: string, env: Record<string, string> = {}) {
  const text = `watches:\n  github: ${watches}\nfilters: [{ name: f1, projects: [crm-web] }]\n`;
  try {
    const { filters, watches: made } = assemble(worldOf({ ...KEYS, ...env }, { 'config/filters.yaml': text }).world);
    return { faults: [...filters.faults, ...filters.warnings].map((it) => `${it.where}: ${it.text}`), filters, made };
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return { faults: error.faults, filters: undefined, made: new Map() };
  }
}

const GOOD =
  'url: https://api.example.com/repos/acme/web?per_page=1, key: GITHUB_TOKEN, every: 30m, value: open_issues';

describe('watches that a file sets up', () => {
  it('are made, with their plans', () => {
    const { filters, faults, made } = start(
      `{ ${GOOD}, labels: { repo: acme }, tell: console, alerts: [value > 100, { when: stale for 2h30m, name: old }] }`,
    );
    assert.deepEqual([faults, [...made.keys()]], [[], ['github']]);
    const [plan] = filters!.watches;
    assert.deepEqual(
      [plan!.everyMs, plan!.labels, plan!.where, plan!.rules.map(({ name, tell, where }) => [name, tell, where])],
      [
        1_800_000,
        { repo: 'acme' },
        'config/filters.yaml:2',
        [
          ['value > 100', ['console'], 'config/filters.yaml:2'],
          ['old', ['console'], 'config/filters.yaml:2'],
        ],
      ],
    );
    assert.equal(start('{ http: https://example.com }').filters!.watches[0]!.everyMs, 300_000);
    assert.deepEqual(start('{ tls: "example.com:443" }').faults, []);
  });

  for (const [written, fault] of [
    [`{ ${GOOD}, alerts: [value > 100], tell: nobody }`, /github: tell: "nobody" is no channel; /],
    [
      `{ ${GOOD}, alerts: [value > 100] }`,
      /watches: github: nobody is told of value > 100; write tell: with a channel/,
    ],
    [
      `{ ${GOOD}, alerts: [stale for 30m], tell: console }`,
      /stale for 30m, and it is looked at every 30m; write a longer time/,
    ],
    [`{ ${GOOD}, alerts: [events > 100], tell: console }`, /"events" begins no sentence of a watch/],
    [`{ ${GOOD}, alerts: [value > 1, value > 1.0], tell: console }`, /"value > 1" is alerts\[0\] already/],
    [`{ ${GOOD}, alerts: [{ hold: 2 }], tell: console }`, /when is missing; write the sentence/],
    [`{ ${GOOD}, colour: red }`, /"colour" is not a key of url/],
    ['{ url: https://api.example.com, every: 30s }', /every: "30s" is not a time/],
    ['{ url: "https://api.example.com/x?api_key=1" }', /has what looks like a key in its query/],
    ['{ url: "https://me:pw@api.example.com" }', /holds a user name or password/],
    ['{ url: https://api.example.com, key: TRIGGER_TOKEN }', /TRIGGER_TOKEN is a setting of the service/],
    ['{ url: https://api.example.com, key: AWS_SECRET_ACCESS_KEY }', /is for Amazon's tools/],
    ['{ url: https://api.example.com, key: NOT_SET }', /NOT_SET is not set/],
    ['{ tls: "example.com:99999" }', /is no host and port; write one such as example\.com:443/],
    ['{ every: 5m }', /does not say which vendor's watch it is; write one of the keys url, http, tls/],
  ] as const)
    it(`with a fault are told: ${written}`, () => assert.match(start(written).faults.join('\n'), fault));

  it('want a ledger', () =>
    assert.deepEqual(start(`{ ${GOOD} }`, { LEDGER_URL: '' }).faults, [
      'LEDGER_URL: is not set, and watches (github) keep their values in a ledger',
    ]));

  it('do not have the name of a filter', () => {
    const text = 'watches: { f1: { http: https://example.com } }\nfilters: [{ name: f1, projects: [crm-web] }]\n';
    assert.throws(
      () => assemble(worldOf(KEYS, { 'config/filters.yaml': text }).world),
      (error: unknown) =>
        error instanceof StartError &&
        /:1: f1: is the name of the filter in config\/filters\.yaml:2; choose another/.test(error.faults.join()),
    );
  });
});
