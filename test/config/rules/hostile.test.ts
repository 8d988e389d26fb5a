import assert from 'node:assert/strict';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';

const HEAD = 'filters:\n  - name: acme\n    projects: [acme-web]\n    tell: console\n';

function faultsOf(text: string): readonly string[] {
  const { faults, filters } = loadFilters([{ path: 'f.yaml', text }], [], partKinds);
  assert.deepEqual(filters, []);
  return faults.map(({ where, text: said }) => `${where} ${said}`);
}
const alerts = (text: string): readonly string[] => faultsOf(`${HEAD}    alerts: ${text}\n`);
const counted = (count: number, of: (n: number) => string): string =>
  `[${Array.from({ length: count }, (_, n) => of(n)).join(', ')}]`;

describe('alerts of a hostile or unlucky file', () => {
  for (const [what, text, fault] of [
    [
      'a sentence of 10,000 letters',
      `['${'x'.repeat(10_000)}']`,
      /^f\.yaml:5 alerts\[0\]: "x{60}…" is longer than 300/,
    ],
    ['10,000 comparisons', `['${'>='.repeat(5_000)}']`, /^f\.yaml:5 alerts\[0\]: .* is longer than 300/],
    ['1,000 rules', counted(1_000, (n) => `events > ${n}`), /^f\.yaml:5 alerts: has more than 100 entries; split/],
    ['lists in lists', `${'['.repeat(500)}new${']'.repeat(500)}`, /nested too deep/],
    ['maps in maps', `[${'{ when: '.repeat(500)}new${' }'.repeat(500)}]`, /nested too deep/],
    ['a map', '{}', /^f\.yaml:5 alerts: must be a list of sentences; write \[new, trending\]$/],
    ['nothing', '', /^f\.yaml:5 alerts: has no value; write one or remove the key$/],
    ['a list in it', '[[new]]', /^f\.yaml:5 alerts\[0\]: must be a text, not a list; write one text$/],
    ['an empty map in it', '[{}]', /^f\.yaml:5 alerts\[0\]: when is missing; write the sentence/],
    ['21 cases', `[{ when: any, cases: ${counted(21, () => '{ windows: [1], expect: [] }')} }]`, /more than 20 cases/],
    [
      'a case of 1,001 windows',
      `[{ when: any, cases: [{ windows: ${counted(1_001, String)}, expect: [] }] }]`,
      /^f\.yaml:5 alerts\[0\]: cases: windows has more than 1000 entries; write a shorter case$/,
    ],
    ['a pattern of 10,000 stars', `[{ when: any, except: { title: '${'*a'.repeat(5_000)}' } }]`, /longer than 200/],
    [
      'a zone of 20,000 letters',
      `[{ when: any, quiet: '22-07 ${'a/'.repeat(10_000)}' }]`,
      /is no span of hours; write 22-07/,
    ],
  ] as const)
    it(`have one clear fault: ${what}`, () => {
      const said = alerts(text);
      assert.equal(said.length, 1, said.join('\n'));
      assert.match(said[0]!, fault);
      assert.ok(said[0]!.length < 600);
    });

  for (const [written, fault] of [
    ['ｎｅｗ', 'begins no sentence; write one of new'],
    ['new\\u200b', '"new\\u200b" begins no sentence; did you mean new?'],
    ['\\u202enew', '"\\u202enew" begins no sentence; did you mean new?'],
    ['__proto__', 'begins no sentence; write one of new'],
    ['constructor', 'begins no sentence; write one of new'],
    ['events > \\u0665', 'column 10: "٥" is not a whole number of events; write digits only'],
    ['events ＞ 5', 'column 8: "＞" stands where > should be'],
    ['\\ud83d\\ude00 > 5', 'column 1: "😀" begins no sentence'],
  ] as const)
    it(`name what is odd about ${written}, with invisible letters shown`, () => {
      const [said, ...others] = alerts(`["${written}"]`);
      assert.deepEqual(others, []);
      assert.ok(said!.includes(fault), said);
    });

  it('have a fault for each odd name of a rule or channel, and none for what is only read', () => {
    const names = ['"\\u202ea"', '__proto__', '"ｎ"', 'A', `"${'n'.repeat(10_000)}"`];
    assert.equal(alerts(`[${names.map((name, n) => `{ when: events > ${n}, name: ${name} }`).join(', ')}]`).length, 5);
    const channels = ['"\\u202ea"', '__proto__', '""', 'A'];
    const text = `channels: { ${channels.map((name) => `${name}: { console: true }`).join(', ')} }\n`;
    assert.equal(faultsOf(text).length, 4);
  });

  it('say of mutes that they are a list, once', () =>
    assert.deepEqual(
      faultsOf('mutes: {}\n').map((text) => text.split(';')[0]),
      ['f.yaml:1 mutes: must be a list'],
    ));
});
