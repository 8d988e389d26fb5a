import assert from 'node:assert/strict';
import { judgeDigests } from '../../../src/config/digests/judge.ts';
import { type FilterSet, loadFilters, withDigests } from '../../../src/config/filters/load.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';

const load = (files: Readonly<Record<string, unknown>>): FilterSet =>
  loadFilters(
    Object.entries(files).map(([path, file]) => ({ path, text: JSON.stringify(file, null, 1) })),
    [],
    partKinds,
  );
const judged = (files: Readonly<Record<string, unknown>>, broken: readonly string[] = []): FilterSet => {
  const set = load(files);
  const enabled = ['console', ...set.parts.map(({ name }) => name)].filter((name) => !broken.includes(name));
  return withDigests(set, judgeDigests(set, { enabled, broken, pagers: ['night'], trackers: [] }));
};
const faultsOf = ({ faults }: FilterSet): readonly string[] => faults.map(({ where, text }) => `${where}: ${text}`);

const FILTERS = [
  { name: 'crm-web', projects: ['web'] },
  { name: 'crm-mail', projects: ['mail'] },
];
const CHANNELS = { boss: { email: ['lead@example.com', 'cto@example.com'] }, night: { pagerduty: 'PD_KEY' } };

describe('digests of files', () => {
  it('speak of the filters of their file, or of all where it has none, and are for each recipient', () => {
    const { digests, filters, faults } = judged({
      'a.yaml': {
        channels: CHANNELS,
        filters: FILTERS,
        digests: [{ name: 'own', at: 'Mon 09:00 UTC', tell: ['boss', 'console'], chart: '24h' }],
      },
      'b.yaml': { filters: [{ name: 'shop', projects: ['shop'] }] },
      'c.yaml': { digests: [{ name: 'all', at: 'every 1h', tell: 'console', skipEmpty: true }] },
    });
    assert.deepEqual(faults, []);
    const [own, all] = digests;
    assert.deepEqual(own, {
      name: 'own',
      at: { kind: 'cron', cron: '0 9 * * 1', zone: 'UTC' },
      filters: ['crm-web', 'crm-mail'],
      tell: ['boss/lead@example.com', 'boss/cto@example.com', 'console'],
      idle: [],
      chart: '24h',
      skipEmpty: false,
      where: 'a.yaml:28',
    });
    assert.deepEqual([all!.filters, all!.skipEmpty], [['crm-web', 'crm-mail', 'shop'], true]);
    assert.ok(
      filters.every(({ digested }) => digested === true),
      'their issues are kept',
    );
  });

  it('of what was stored are of filters of intakes alone', () => {
    const digest = { name: 'news', at: 'every 15m', tell: 'console', since: 'delivered' };
    const filters = [{ name: 'shop', projects: ['shop-log'] }, ...FILTERS];
    const intakes = { 'shop-log': { file: '/var/log/acme/error.log', format: 'django', timeZone: 'UTC' } };
    const good = judged({ 'a.yaml': { intakes, filters, digests: [{ ...digest, filters: ['shop'] }] } });
    assert.deepEqual([faultsOf(good), good.digests[0]!.since], [[], 'delivered']);
    const bad = judged({ 'a.yaml': { intakes, filters }, 'b.yaml': { digests: [digest] } });
    assert.match(
      faultsOf(bad).join(),
      /^b\.yaml:7: digests: news: since: the filter crm-web reads web, which is no intake: .*leave since out$/,
    );
    assert.match(
      faultsOf(load({ 'a.yaml': { filters, digests: [{ ...digest, since: 'sent' }] } })).join(),
      /"sent" is not/,
    );
  });

  it('that name what there is not are a fault of their file, with what may be meant', () => {
    const set = judged({
      'a.yaml': {
        channels: CHANNELS,
        filters: FILTERS,
        digests: [
          { name: 'one', at: 'every 1h', filters: ['crm-wbe'], tell: 'bosss' },
          { name: 'two', at: 'every 1h', tell: 'night' },
        ],
      },
    });
    assert.deepEqual(faultsOf(set), [
      'a.yaml:31: digests: one: filters: "crm-wbe" is no filter; did you mean crm-web?',
      'a.yaml:34: digests: one: tell: "bosss" is no channel; did you mean boss?',
      'a.yaml:39: digests: two: tell: "night" wakes people, and a digest is to be read; tell another channel',
    ]);
  });

  it('that name something of a faulty file wait alone', () => {
    const set = judged({
      'a.yaml': {
        filters: FILTERS,
        digests: [
          { name: 'waits', at: 'every 1h', filters: ['crm-web', 'shop'], tell: 'console' },
          { name: 'half', at: 'every 1h', tell: ['console', 'ops'] },
          { name: 'goes', at: 'every 1h', tell: 'console' },
        ],
      },
      'b.yaml': {
        channels: { ops: { webhook: 'https://hooks.example.com/in', key: 'HOOK_KEY' } },
        filters: [{ name: 'shop', projects: [] }],
      },
    });
    assert.deepEqual(
      set.digests.map(({ name, tell, idle }) => [name, tell, idle]),
      [
        ['waits', [], ['console']],
        ['half', ['console'], ['ops']],
        ['goes', ['console'], []],
      ],
    );
    const own = faultsOf(set).filter((text) => text.includes('digests:'));
    assert.deepEqual(own, [
      'a.yaml:20: digests: waits: filters: "shop" in b.yaml:9 is left out; the digest is not made until then',
      'a.yaml:29: digests: half: tell: "ops" is set up in b.yaml:3, and that file has faults; it is told nothing until that is mended',
    ]);
  });

  it('have names that no other has, and say what is missing', () => {
    const one = { name: 'one', at: 'every 1h', tell: 'console' };
    const twice = judged({ 'a.yaml': { filters: FILTERS, digests: [one] }, 'b.yaml': { digests: [one] } });
    assert.deepEqual(faultsOf(twice), ['b.yaml:3: digests: "one" is taken by the digest in a.yaml:17; choose another']);
    const less = judged({
      'a.yaml': { filters: FILTERS, digests: [{ name: 'one' }, { ...one, name: 'two', at: 'noon', chrat: '24h' }] },
    });
    assert.deepEqual(
      faultsOf(less).map((text) => text.slice(0, 60)),
      [
        'a.yaml:17: digests[0]: at and tell are missing; write { name',
        'a.yaml:22: digests[1]: at: "noon", column 1: "noon" is no sc',
        'a.yaml:24: digests[1]: "chrat" is not a key of a digest; did',
      ],
    );
  });

  it('are judged by the names that they give, whatever else is wrong with their file', () => {
    const set = judged({
      'a.yaml': {
        channels: CHANNELS,
        filters: FILTERS,
        digests: [
          { name: 'one', at: 'noon', filters: ['crm-wbe', 'crm-mail'], tell: ['boss', 'bosss'], chart: '3d' },
          { at: 'every 1h', filters: ['shop'], tell: 'night' },
        ],
      },
    });
    assert.deepEqual(
      faultsOf(set).map((text) => text.replace(/(;|: write| schedule).*/, '')),
      [
        'a.yaml:30: digests[0]: at: "noon", column 1: "noon" is no',
        'a.yaml:31: digests: one: filters: "crm-wbe" is no filter',
        'a.yaml:35: digests: one: tell: "bosss" is no channel',
        'a.yaml:39: digests[0]: chart: "3d" is not a time that a chart shows',
        'a.yaml:41: digests[1]: name is missing',
        'a.yaml:43: digests[1]: filters: "shop" is no filter',
        'a.yaml:46: digests[1]: tell: "night" wakes people, and a digest is to be read',
      ],
    );
  });

  it('are not judged by names where what has them is in the wrong form', () => {
    const digests = [{ name: 'one', at: 'every 1h', filters: ['crm-web', 3], tell: ['boss', ' '] }];
    const set = judged({ 'a.yaml': { channels: ['boss'], filters: { 'crm-web': {} }, digests } });
    assert.ok(set.faults.length >= 3);
    assert.deepEqual(
      faultsOf(set).filter((text) => /is no (filter|channel)/.test(text)),
      [],
    );
  });
});
