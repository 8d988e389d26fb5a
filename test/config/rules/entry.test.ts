import assert from 'node:assert/strict';
import fs from 'node:fs';
import { loadFilters } from '../../../src/config/filters/load.ts';
import type { Rule } from '../../../src/core/model/alerting/rule.ts';

const HEAD = 'filters:\n  - name: acme\n    projects: [acme-web]\n';
const load = (text: string) => loadFilters([{ path: 'crm.yaml', text }]);
/** Of alerts that begin in line 5. */
const faultsOf = (...lines: readonly string[]): readonly string[] =>
  load(`${HEAD}    alerts:\n${lines.map((line) => `      - ${line}\n`).join('')}`).faults.map(
    ({ where, text }) => `${where.slice('crm.yaml:'.length)} ${text}`,
  );
const rulesOf = (text: string): readonly Rule[] => {
  const { filters, faults } = load(text);
  assert.deepEqual(faults, []);
  return filters.flatMap(({ alerts = [], untold = [] }) => [...alerts, ...untold]);
};

/** By what is written for an alert: what is said of it. */
const FAULTS = JSON.parse(fs.readFileSync('test/fixtures/filters/alerts.json', 'utf8')) as [
  written: string,
  said: string,
][];

describe('an alert with a fault', () => {
  for (const [written, said] of FAULTS)
    it(`is refused: ${written.slice(0, 60)}`, () => assert.deepEqual(faultsOf(written), [`5 ${said}`]));

  it('names its place in the list and its line, and hides no other', () => {
    assert.deepEqual(faultsOf('new', 'nw', 'any', '{ when: trending, hold: x, clear: y }'), [
      '6 alerts[1]: "nw", column 1: "nw" begins no sentence; did you mean new?',
      '8 alerts[3]: hold: must be a number of windows, from 1 to 288; write digits only, without quotes',
      '8 alerts[3]: clear: must be a number of windows, from 1 to 288; write digits only, without quotes',
    ]);
  });

  it('is one that says the same as another of its filter, by sentence or name', () => {
    assert.deepEqual(
      faultsOf('events > 5 in 60m', '{ when: events > 5  in 1h, hold: 2 }', '{ when: events > 5 in 1h, name: slow }'),
      ['6 alerts[1]: "events > 5 in 1h" is alerts[0] already; remove one, or give one a name of its own'],
    );
    assert.deepEqual(faultsOf('new', '{ when: any, name: new }'), [
      '6 alerts[1]: "new" is alerts[0] already; remove one, or give one a name of its own',
    ]);
  });

  it('is a text or a map in place of the list, and one of more than a hundred', () => {
    for (const written of ['new', '{ when: new }'])
      assert.deepEqual(
        load(`${HEAD}    alerts: ${written}\n`).faults.map(({ text }) => text),
        ['alerts: must be a list of sentences; write [new, trending]'],
      );
    assert.deepEqual(faultsOf(...Array.from({ length: 101 }, (_, n) => `events > ${n}`)), [
      '4 alerts: has more than 100 entries; split the filter',
    ]);
  });

  it('may hold 10,000 letters anywhere: they are not shown whole', () => {
    const long = 'x'.repeat(10_000);
    const all = faultsOf(
      long,
      `{ when: ${long} }`,
      `{ ${long}: 1 }`,
      `{ when: new, quiet: ${long} }`,
      `{ when: new, tell: ${long} }`,
    );
    assert.equal(all.length, 5);
    for (const text of all) assert.ok(text.length < 450, text);
  });
});

describe('what holds where an alert says nothing', () => {
  const usual = {
    filter: 'acme',
    tell: ['crm'],
    hold: 1,
    clear: 3,
    min: 0,
    quiet: null,
    severity: 'warning',
    except: [],
    cases: [],
  };
  const state = { ...usual, repeatMs: 14_400_000, resolved: true };

  it('is four hours, one window, three windows and a warning, by the kind of sentence', () => {
    const text = `${HEAD}    tell: crm\n    alerts: [new, trending, users > 5 in 1h, any, 'title has "x"', top 3 of 1d, none for 5m]\n`;
    const byHand = [
      {
        ...usual,
        name: 'new',
        sentence: 'new',
        condition: { kind: 'new' },
        each: 'issue',
        repeatMs: null,
        resolved: false,
      },
      { ...state, name: 'trending', sentence: 'trending', condition: { kind: 'trending', score: null }, each: 'issue' },
      {
        ...state,
        name: 'users > 5 in 1h',
        sentence: 'users > 5 in 1h',
        condition: { kind: 'users', above: 5, spanMs: 3_600_000 },
        each: 'filter',
      },
      {
        ...usual,
        name: 'any',
        sentence: 'any',
        condition: { kind: 'any' },
        each: 'issue',
        repeatMs: 0,
        resolved: false,
      },
      {
        ...usual,
        name: 'title has "x"',
        sentence: 'title has "x"',
        condition: { kind: 'title', text: 'x' },
        each: 'issue',
        repeatMs: 0,
        resolved: false,
      },
      {
        ...usual,
        name: 'top 3 of 1d',
        sentence: 'top 3 of 1d',
        condition: { kind: 'top', first: 3, spanMs: 86_400_000, above: 0 },
        each: 'issue',
        repeatMs: null,
        resolved: false,
      },
      {
        ...state,
        name: 'none for 5m',
        sentence: 'none for 5m',
        condition: { kind: 'none', spanMs: 300_000 },
        each: 'filter',
      },
    ];
    assert.deepEqual(
      rulesOf(text),
      byHand.map((rule) => ({ ...rule, where: 'crm.yaml:5' })),
    );
  });

  it('is what the filter says, else the defaults, as far as it goes with the sentence', () => {
    const text =
      'defaults: { tell: crm, repeat: 30m, hold: 2, clear: 6, min: 9, resolved: false, severity: info, quiet: 22-24 UTC, except: { level: info } }\n' +
      `${HEAD}    tell: [ops, crm]\n    clear: 4\n    alerts:\n      - trending\n      - events > 5\n      - { when: new, tell: boss, severity: critical }\n`;
    const [trending, events, fresh] = rulesOf(text);
    const shared = {
      repeatMs: 1_800_000,
      hold: 2,
      clear: 4,
      resolved: false,
      severity: 'info',
      quiet: { from: 1320, to: 0, zone: 'UTC' },
    };
    const level = [{ property: 'level', pattern: 'info' }];
    assert.partialDeepStrictEqual(trending, {
      ...shared,
      tell: ['ops', 'crm'],
      min: 9,
      except: level,
      where: 'crm.yaml:8',
    });
    assert.partialDeepStrictEqual(events, { ...shared, tell: ['ops', 'crm'], min: 0, where: 'crm.yaml:9' });
    assert.deepEqual(events?.except, []);
    assert.partialDeepStrictEqual(fresh, {
      tell: ['boss'],
      severity: 'critical',
      repeatMs: null,
      hold: 1,
      clear: 3,
      min: 9,
      resolved: false,
      except: level,
    });
  });

  it('are the alerts of the defaults, with their lines', () => {
    const rules = rulesOf(
      `defaults:\n  tell: crm\n  alerts:\n    - new\n    - any\n${HEAD}  - { name: two, projects: [two], alerts: [] }\n`,
    );
    assert.deepEqual(
      rules.map(({ filter, name, where }) => [filter, name, where]),
      [
        ['acme', 'new', 'crm.yaml:4'],
        ['acme', 'any', 'crm.yaml:5'],
      ],
    );
  });

  it('tells nobody, which is said, unless it is meant', () => {
    const { filters, warnings } = load(`${HEAD}    alerts: [new, { when: any, tell: [] }]\n`);
    assert.deepEqual([filters[0]?.alerts, filters[0]?.untold?.map(({ name }) => name)], [undefined, ['new', 'any']]);
    assert.deepEqual(
      warnings.map(({ where, text }) => `${where} ${text}`),
      [
        'crm.yaml:4 alerts: nobody is told of new; write tell: with a channel, such as console, or tell: [] if that is meant',
      ],
    );
  });
});

describe('alert: of a filter', () => {
  it('is read as its sentences, says what to write instead, and tells nobody by itself', () => {
    const { filters, warnings, faults } = load(
      `${HEAD}    alert: { above: 100, anomaly: true, missing: true, trending: 4 }\n`,
    );
    assert.deepEqual(faults, []);
    assert.equal(filters[0]?.alerts, undefined);
    assert.deepEqual(
      filters[0]?.untold?.map(({ name, where }) => [name, where]),
      [
        ['incomplete for 15m', 'crm.yaml:4'],
        ['events > 100', 'crm.yaml:4'],
        ['anomaly', 'crm.yaml:4'],
        ['trending >= 4', 'crm.yaml:4'],
      ],
    );
    assert.deepEqual(
      warnings.map(({ where, text }) => `${where} ${text}`),
      [
        'crm.yaml:4 alert: is read by this version for the last time; write alerts: [incomplete for 15m, events > 100, anomaly, trending >= 4] instead, and tell: for the channel that is to be told',
      ],
    );
  });

  it('never stops a file: what alerts say already is left out, and tell holds for it', () => {
    const { filters, faults } = load(
      `${HEAD}    tell: crm\n    alert: { above: 7, anomaly: true }\n    alerts: [anomaly]\n`,
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(
      filters[0]?.alerts?.map(({ name, where }) => [name, where]),
      [
        ['anomaly', 'crm.yaml:6'],
        ['events > 7', 'crm.yaml:5'],
      ],
    );
  });
});
