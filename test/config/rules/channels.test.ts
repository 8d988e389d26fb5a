import assert from 'node:assert/strict';
import { type FilterSet, loadFilters } from '../../../src/config/filters/load.ts';
import { NO_PARTS } from '../../../src/config/filters/file.ts';
import { judgeTells } from '../../../src/config/filters/parts/tells.ts';
import { partKeysOf } from '../../../src/config/filters/parts/part-keys.ts';
import { withTells } from '../../../src/config/filters/set/judged.ts';
import { policyOf } from '../../../src/config/rules/policy.ts';
import { baseUrl, flag, secret } from '../../../src/config/formats.ts';

const channels = {
  console: partKeysOf<{ on: boolean }>({
    on: { doc: 'log', format: flag, default: null, env: 'x.on', key: 'console' },
  }),
  webhook: partKeysOf<{ webhook: string; key: string }>({
    webhook: { doc: 'address', format: baseUrl, default: null, env: 'x.webhook' },
    key: { doc: 'key', format: secret(), default: null, env: 'x.key', sensitive: true },
  }),
};
const KINDS = { ...NO_PARTS, vendors: { ...NO_PARTS.vendors, channels }, takenNames: ['newrelic'] };
const HEAD = 'filters:\n  - name: acme\n    projects: [acme-web]\n';

const load = (...texts: readonly string[]): FilterSet =>
  loadFilters(
    texts.map((text, index) => ({ path: `${'abc'[index]!}.yaml`, text })),
    [],
    KINDS,
  );
const said = ({ faults }: FilterSet): readonly string[] => faults.map(({ where, text }) => `${where} ${text}`);
const faultsOf = (keys: string): readonly string[] => said(load(`channels:\n  crm: { ${keys} }\n`));

describe('channels of a file', () => {
  it('are a whole file, with the keys of their vendor and how they are used', () => {
    const set = load(
      "channels:\n  crm: { webhook: 'http://127.0.0.1:9/x', key: HOOK_KEY, budget: 20/h, quiet: 22-07 Europe/Berlin, severity: warning }\n" +
        '  log: { console: true }\n  console: { console: true, budget: 600/d }\n',
    );
    assert.deepEqual(said(set), []);
    assert.deepEqual(
      set.parts.map(({ section, name, texts }) => [section, name, texts]),
      [
        ['channels', 'crm', { webhook: 'http://127.0.0.1:9/x', key: 'HOOK_KEY' }],
        ['channels', 'log', { console: 'true' }],
        ['channels', 'console', { console: 'true' }],
      ],
    );
    const usual = { count: 60, perMs: 3_600_000 };
    assert.deepEqual(
      set.parts.map((part) => policyOf(part, usual)),
      [
        {
          name: 'crm',
          budget: { count: 20, perMs: 3_600_000 },
          quiet: { from: 1320, to: 420, zone: 'Europe/Berlin' },
          severity: 'warning',
        },
        { name: 'log', budget: usual, quiet: null, severity: 'info' },
        { name: 'console', budget: { count: 600, perMs: 86_400_000 }, quiet: null, severity: 'info' },
      ],
    );
    assert.equal(policyOf({ name: 'console' }, null).budget, null);
    assert.equal(policyOf({ name: 'x', policy: { budget: 'none' } }, usual).budget, null);
    assert.deepEqual(policyOf({ name: 'x', policy: { budget: '3/m' } }, usual).budget, { count: 3, perMs: 60_000 });
  });

  it('are refused for what is wrong, with line and remedy', () => {
    const hook = "webhook: 'https://acme.example.com/x', key: HOOK_KEY";
    const budget = 'messages in a minute, an hour or a day, such as 20/h; or none';
    assert.deepEqual(faultsOf(`${hook}, budget: 20`), [`a.yaml:2 budget: "20" is no budget; write ${budget}`]);
    assert.deepEqual(faultsOf(`${hook}, budget: 20/s`), [`a.yaml:2 budget: "20/s" is no budget; write ${budget}`]);
    assert.deepEqual(faultsOf(`${hook}, budget: 0/h`), [
      'a.yaml:2 budget: "0/h" is not between 1 and 10000; write fewer, or none',
    ]);
    assert.deepEqual(faultsOf(`${hook}, quiet: nights`), [
      'a.yaml:2 quiet: "nights" is no span of hours; write 22-07 Europe/Berlin, or 22:30-06:15 Europe/Berlin',
    ]);
    assert.deepEqual(faultsOf(`${hook}, severity: high`), [
      'a.yaml:2 severity: "high" is not a severity; write some of critical, warning, info',
    ]);
    assert.deepEqual(faultsOf(`${hook}, sevrity: info`), [
      'a.yaml:2 "sevrity" is not a key of webhook; did you mean severity?',
    ]);
    assert.deepEqual(faultsOf("webhook: 'https://acme.example.com/x'"), [
      'a.yaml:2 crm: key is missing; name the variable that holds it',
    ]);
    assert.deepEqual(faultsOf("webhook: 'https://u:p@acme.example.com/x', key: HOOK_KEY"), [
      'a.yaml:2 webhook: holds a user name or password; remove everything up to the @',
    ]);
    assert.deepEqual(faultsOf("webhook: 'https://acme.example.com/x?key=1', key: HOOK_KEY"), [
      'a.yaml:2 webhook: has a query or fragment; remove everything from the ? or # on',
    ]);
    assert.deepEqual(faultsOf('slack: 5'), [
      "a.yaml:2 crm: does not say which vendor's channel it is; write one of the keys console, webhook",
    ]);
  });

  it('have names of their own in all files; that of the log is for the log', () => {
    const log = 'channels: { crm: { console: true } }\n';
    assert.deepEqual(said(load(log, log)), ['b.yaml:1 "crm" is taken by what is set up in a.yaml:1; choose another']);
    assert.deepEqual(said(load("channels: { console: { webhook: 'https://acme.example.com/x', key: HOOK_KEY } }\n")), [
      'a.yaml:1 console is the log, which is there without being set up; choose another name for this channel',
    ]);
  });
});

describe('the channels that alerts tell', () => {
  const told = (set: FilterSet, broken: readonly string[] = []): FilterSet => {
    const names = set.parts.map(({ name }) => name).filter((name) => !broken.includes(name));
    return withTells(set, judgeTells(set, { enabled: ['console', ...names], broken, pagers: [], trackers: ['inbox'] }));
  };

  it('may be any of any file, and the log', () => {
    const set = told(
      load(`${HEAD}    tell: [crm, console]\n    alerts: [new]\n`, 'channels: { crm: { console: true } }\n'),
    );
    assert.deepEqual(said(set), []);
    assert.deepEqual(set.filters[0]?.alerts?.[0]?.tell, ['crm', 'console']);
  });

  it('are faults of the file where there is none of that name, each once where it stands', () => {
    const two = '  - { name: two, projects: [two] }\n';
    const set = told(
      load(
        `defaults: { tell: cr, alerts: [any] }\n${HEAD}    alerts:\n      - new\n      - { when: trending, tell: [consol, crm] }\n${two}`,
        'channels: { crm: { console: true } }\n',
      ),
    );
    assert.deepEqual(said(set), [
      'a.yaml:1 tell: "cr" is no channel; did you mean crm?',
      'a.yaml:7 alerts[1]: tell: "consol" is no channel; did you mean console?',
    ]);
    assert.deepEqual(set.filters, []);
    const far = told(load(`${HEAD}    tell: nobody\n    alerts: [new]\n`));
    assert.deepEqual(said(far), [
      'a.yaml:4 tell: "nobody" is no channel; write some of console, or set it up under channels:',
    ]);
  });

  it('may be told later, and are known as well then, in the defaults too', () => {
    const filters = `defaults: { escalate: { after: 1h, tell: nite } }\n${HEAD}    tell: crm\n    alerts:\n      - events > 5\n      - { when: any, tell: crm }\n      - { when: trending, escalate: { after: 30m, tell: [crm, consol] } }\n`;
    assert.deepEqual(said(told(load(filters, 'channels: { crm: { console: true } }\n'))), [
      'a.yaml:1 escalate: "nite" is no channel; write some of console, crm, or set it up under channels:',
      'a.yaml:9 alerts[2]: escalate: "consol" is no channel; did you mean console?',
    ]);
    const right = filters.replace('nite', '[night, crm]').replace('[crm, consol]', 'console');
    const set = told(load(right, 'channels: { crm: { console: true }, night: { console: true } }\n'));
    assert.deepEqual(
      set.filters[0]?.alerts?.map(({ name, escalate }) => [name, escalate]),
      [
        ['events > 5', { afterMs: 3_600_000, tell: ['night'] }],
        ['any', undefined],
        ['trending', { afterMs: 1_800_000, tell: ['console'] }],
      ],
    );
  });

  it('are told of tickets only where they make some', () => {
    const filters = `defaults: { tell: crm }\n${HEAD}    alerts:\n      - { when: new, after: 100 in 1d }\n      - { when: any, tell: [crm, inbox], after: 5 in 14d }\n      - trending\n`;
    const channel = 'channels: { crm: { console: true }, inbox: { console: true } }\n';
    assert.deepEqual(said(told(load(filters, channel))), [
      'a.yaml:6 alerts[0]: after: is for tickets; tell a channel of the kind jira as well, or remove it',
    ]);
    const set = told(load(filters.replace('tell: crm', 'tell: inbox'), channel));
    assert.deepEqual(
      set.filters[0]?.alerts?.map(({ after }) => after),
      [{ count: 100, spanMs: 86_400_000 }, { count: 5, spanMs: 14 * 86_400_000 }, undefined],
    );
    assert.match(
      said(told(load(`${HEAD}    alerts: [{ when: new, after: 5 in 1d }]\n`)))[0] ?? '',
      /after: is for tickets/,
    );
  });

  it('are left out, alone and said, where their own file has faults or they are set up wrong', () => {
    const filters = `${HEAD}    alerts:\n      - { when: new, tell: crm }\n      - { when: any, tell: [crm, console] }\n`;
    const faulty = 'channels: { crm: { console: true } }\ntop: 5\n';
    const lost = told(load(filters, faulty));
    assert.deepEqual(
      said(lost).filter((text) => text.startsWith('a.')),
      [
        'a.yaml:5 alerts[0]: tell: "crm" is set up in b.yaml:1, and that file has faults; it is told nothing until then',
        'a.yaml:6 alerts[1]: tell: "crm" is set up in b.yaml:1, and that file has faults; it is told nothing until then',
      ],
    );
    assert.deepEqual(
      lost.filters.map(({ name, alerts }) => [name, alerts?.map((rule) => [rule.name, rule.tell])]),
      [['acme', [['any', ['console']]]]],
    );
    const wrong = told(load(filters, 'channels: { crm: { console: true } }\n'), ['crm']);
    assert.deepEqual(
      said(wrong)[0],
      'a.yaml:5 alerts[0]: tell: "crm" is set up wrong in b.yaml:1; it is told nothing until that is mended',
    );
    assert.deepEqual(
      wrong.filters[0]?.alerts?.map(({ name }) => name),
      ['any'],
    );
  });
});
