import assert from 'node:assert/strict';
import { tooFarBack } from '../../../../src/app/alerting/vet/memory.ts';
import { endedMutes } from '../../../../src/app/alerting/vet/ended-mutes.ts';
import { idleMutes } from '../../../../src/app/alerting/vet/mutes.ts';
import { unheardRules } from '../../../../src/app/alerting/vet/severities.ts';
import { partKinds } from '../../../../src/app/part-kinds.ts';
import { type FilterFault, type FilterSet, loadFilters } from '../../../../src/config/filters/load.ts';

const HEAD = 'filters:\n  - name: acme\n    projects: [acme-web]\n';

const load = (...texts: readonly string[]): FilterSet =>
  loadFilters(
    texts.map((text, index) => ({ path: `${'abc'[index]!}.yaml`, text })),
    [],
    partKinds,
  );
const said = (faults: readonly FilterFault[]): readonly string[] => faults.map(({ where, text }) => `${where} ${text}`);

describe('alerts that look back further than a process remembers', () => {
  const faultsOf = (...lines: readonly string[]): readonly string[] => {
    const set = load(`${HEAD}    tell: console\n    alerts:\n${lines.map((line) => `      - ${line}\n`).join('')}`);
    assert.deepEqual(said(set.faults), []);
    return set.files.flatMap(tooFarBack).map(({ line, text }) => `${line} ${text}`);
  };
  const need = 'needs a ledger: without one the service remembers a day, and nothing after a restart';
  const set = 'set LEDGER_URL, such as sqlite:./ledger.db';

  it('are named each with its line, and what to do', () =>
    assert.deepEqual(
      faultsOf(
        'new',
        'top 10 of 1d',
        'none for 25h',
        '{ when: incomplete for 2d, hold: 2 }',
        'users > 5 in 7d',
        'events > 5 in 2d',
      ),
      [
        `7 alerts[1]: "top 10 of 1d" ${need}; ${set}, or remove it`,
        `8 alerts[2]: "none for 25h" ${need}; ${set}, or write at most 1d`,
        `9 alerts[3]: "incomplete for 2d" ${need}; ${set}, or write at most 1d`,
        `10 alerts[4]: "users > 5 in 7d" ${need}; ${set}, or write at most 1d`,
        `11 alerts[5]: "events > 5 in 2d" ${need}; ${set}, or write at most 1d`,
      ],
    ));

  it('are not those of a day, and not those that tell nobody', () =>
    assert.deepEqual(
      faultsOf('none for 1d', 'incomplete for 24h', 'events > 5 in 1d', '{ when: top 3 of 7d, tell: [] }'),
      [],
    ));

  it('are said once where they stand in the defaults of many filters', () => {
    const two = load(
      `defaults: { tell: console, alerts: [top 10 of 7d] }\n${HEAD}  - { name: two, projects: [two] }\n`,
    );
    assert.deepEqual(
      two.files.flatMap(tooFarBack).map(({ line }) => line),
      [1],
    );
  });
});

describe('mutes that mute nothing', () => {
  const ALERTS =
    `${HEAD}    tell: console\n    alert: { above: 9 }\n` +
    "    alerts: [{ when: 'events  > 100', name: many }, new]\nchannels: { crm: { console: true } }\nmutes:\n";
  const mute = (what: string): string => `  - { ${what}, events: 5, why: known }\n`;

  it('are named with what was meant', () => {
    const wrong = ['filter: acm', 'rule: acme/mny', 'rule: other/new', 'rule: events > 100', 'channel: mail'];
    assert.deepEqual(said(idleMutes(load(ALERTS + wrong.map(mute).join('')))), [
      'a.yaml:9 mutes: no filter is named "acm", so this mutes nothing; did you mean acme?',
      'a.yaml:10 mutes: no rule is named "acme/mny", so this mutes nothing; did you mean acme/many?',
      'a.yaml:11 mutes: no rule is named "other/new", so this mutes nothing; write its name as it stands, or remove the mute',
      'a.yaml:12 mutes: no rule is named "events > 100", so this mutes nothing; did you mean events  > 100?',
      'a.yaml:13 mutes: no channel is named "mail", so this mutes nothing; write its name as it stands, or remove the mute',
    ]);
  });

  it('are not those of a filter, rule or channel that there is, of an issue, or of all', () => {
    const right = [
      'filter: acme',
      "rule: 'events  > 100'",
      "rule: 'acme/events  > 100'",
      'rule: many',
      'rule: acme/many',
      'rule: acme/new',
      'rule: events > 9',
    ];
    const others = ['channel: crm', 'channel: console', 'issue: 12345678901234567890', 'all: true'];
    assert.deepEqual(idleMutes(load(ALERTS + [...right, ...others].map(mute).join(''))), []);
  });

  it('are not told of names that a faulty file may hold', () => {
    const mutes = `mutes:\n${mute('rule: two/new')}${mute('filter: two')}${mute('filter: three')}`;
    const faulty = `${HEAD.replace('acme', 'two')}    alerts: [newest]\n`;
    assert.deepEqual(said(idleMutes(load(HEAD + mutes, faulty))), [
      'a.yaml:7 mutes: no filter is named "three", so this mutes nothing; write its name as it stands, or remove the mute',
    ]);
  });
});

describe('mutes whose end is past', () => {
  const set = load(
    `${HEAD}mutes:\n` +
      ['until: 2026-11-20T08:00:00Z', 'until: 2026-11-20T08:00:00.001Z', 'events: 1', 'resolved: true']
        .map((end) => `  - { filter: acme, ${end}, why: known }\n`)
        .join(''),
  );

  it('are named from that instant on, and no others', () => {
    const at = Date.UTC(2026, 10, 20, 8);
    assert.deepEqual(endedMutes(set, at - 1), []);
    assert.deepEqual(endedMutes(set, at), [
      {
        where: 'a.yaml:5',
        text: 'mutes: that of filter acme ended at 2026-11-20T08:00:00.000Z, so it mutes nothing any more; remove it, or write a later until',
      },
    ]);
  });
});

describe('rules of which nobody hears', () => {
  it('tell only channels that take worse', () => {
    const channels = 'channels: { pager: { console: true, severity: critical }, crm: { console: true } }\n';
    const alerts = [
      '{ when: new, tell: pager }',
      '{ when: any, tell: [pager, crm] }',
      '{ when: trending, tell: pager, severity: critical }',
      '{ when: anomaly, tell: console, severity: info }',
    ];
    const text = `${HEAD}    alerts:\n${alerts.map((line) => `      - ${line}\n`).join('')}`;
    assert.deepEqual(said(unheardRules(load(channels + text))), [
      'a.yaml:6 alerts: nobody hears of new: its severity is warning, and pager takes nothing below critical; change one of both',
    ]);
  });
});
