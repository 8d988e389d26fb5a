import assert from 'node:assert/strict';
import { inspectPatterns } from '../../../src/app/examine/index.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';

const PATTERNS = [
  "    pattern: '^(?P<level>\\w+) (?P<message>.*)$'",
  "    enrich: ['u=(?P<user>\\w+)', 'shop (?P<shop>\\w+)(?: (?P<environment>prod))?']",
  "    timings: ['(?P<name>\\w+) took (?P<ms>\\d+) ms', 'all in (?P<s>\\d+) s']",
  "    merge: ['order \\d+', 'cart \\d+']",
  "    keep: ['shop \\w+', 'city \\w+']",
  "    scrub: ['pin \\d+']",
];

function setOf(lines: readonly string[]) {
  const format = lines[0] === PATTERNS[0] ? 'pattern' : 'django';
  const text = ['intakes:', '  shop:', '    file: /var/log/acme/error.log', `    format: ${format}`, ...lines, ''];
  return loadFilters([{ path: '/etc/f.yaml', text: text.join('\n') }], [], partKinds);
}

describe('worked cases of patterns', () => {
  const failed = async (...cases: readonly string[]) => {
    const set = setOf([...PATTERNS, '    cases:', ...cases.map((it) => `      - { ${it} }`)]);
    assert.deepEqual(set.faults, []);
    return (await inspectPatterns(set)).map(({ where, say }) => `${where}: ${say}`);
  };

  it('are right where the patterns give just what they say', async () => {
    assert.deepEqual(
      await failed(
        "of: pattern, line: 'ERROR no cart', gives: { level: ERROR, message: no cart }",
        "of: pattern, line: 'no', gives: nothing",
        "of: enrich, line: 'u=17 of shop Bergen', gives: { user: 17, shop: Bergen }",
        "of: enrich, line: 'shop Oslo prod', gives: { environment: prod, shop: Oslo }",
        "of: enrich, line: 'of nobody', gives: nothing",
        "of: timings, line: 'pay took 153 ms', gives: { name: pay, ms: 153 }",
        "of: timings, line: 'all in 2 s', gives: { name: all, ms: 2000 }",
        "of: timings, line: 'pay took long', gives: nothing",
        "of: merge, line: 'no order 17', gives: order 17",
        "of: merge, line: 'no order', gives: nothing",
        "of: keep, line: 'city Bergen, shop Oslo', gives: 'shop Oslo, city Bergen'",
        "of: keep, line: 'city', gives: nothing",
        "of: scrub, line: 'pin 1234', gives: '[removed]'",
        "of: scrub, line: 'no pin', gives: nothing",
      ),
      [],
    );
  });

  it('tell by line and column what is given instead', async () => {
    assert.deepEqual(
      await failed(
        "of: enrich, line: 'u=17 of shop Bergen', gives: { user: '17' }",
        "of: merge, line: 'no order 17', gives: nothing",
        "of: timings, line: 'pay', gives: { name: pay, ms: 153 }",
      ),
      [
        '/etc/f.yaml:12:9: shop: case 1 of enrich gives { user: "17" }, and what came is { shop: "Bergen", user: "17" }',
        '/etc/f.yaml:13:9: shop: case 2 of merge gives nothing, and what came is "order 17"',
        '/etc/f.yaml:14:9: shop: case 3 of timings gives { ms: "153", name: "pay" }, and what came is nothing',
      ],
    );
  });

  it('are of patterns that there are; where one is none that alone is told', async () => {
    const told = async (...lines: readonly string[]) =>
      (await inspectPatterns(setOf(lines))).map(({ where, say }) => `${where}: ${say}`);
    const cases = ['    cases:', "      - { of: keep, line: 'a', gives: nothing }"];
    assert.deepEqual(await told(...cases), [
      '/etc/f.yaml:6:9: shop: case 1 is of keep, and there is none; write one, or take the case away',
    ]);
    assert.match(
      (await told('    cases: \'[{"of":"keep","line":"a","gives":"b"}]\''))[0]!,
      /^\/etc\/f\.yaml:5:13: shop: case 1 /,
    );
    const [only, ...more] = await told("    keep: '(?=x)'", ...cases);
    assert.match(only!, /^\/etc\/f\.yaml:5:12: shop: keep: /);
    assert.deepEqual(more, []);
  });

  for (const [cases, why] of [
    ["    cases: 'a'", 'must be a list of maps, with a value for each key; write one or remove the key'],
    [
      '    cases: [{ of: keep, line: }]',
      'must be a list of maps, with a value for each key; write one or remove the key',
    ],
    ['    cases: [a]', 'case 1 is no map; write { of: enrich, line: '],
    ['    cases: [{ of: keep, line: a, gives: b, x: 1 }]', 'case 1: "x" is not a key of a case'],
    [
      '    cases: [{ of: deny, line: a, gives: b }]',
      'case 1: of must be one of pattern, merge, keep, enrich, timings, scrub',
    ],
    ['    cases: [{ of: keep, line: 1, gives: b }]', 'case 1: line must be a text of at most 4000 letters'],
    [
      '    cases: [{ of: keep, line: a, gives: { b: c } }]',
      'case 1: gives must be the text that keep finds, or nothing',
    ],
    ['    cases: [{ of: scrub, line: a, gives: 1 }]', 'case 1: gives must be the text that scrub leaves, or nothing'],
    ['    cases: [{ of: enrich, line: a, gives: b }]', 'case 1: gives must be a map of what enrich finds'],
    ['    cases: [{ of: enrich, line: a, gives: { b: [c] } }]', 'case 1: gives must be a map of what enrich finds'],
    [`    cases: [${'{ of: keep, line: a, gives: b }, '.repeat(51)}]`, 'has 51 cases; keep those that show something'],
  ] as const)
    it(`are refused: ${why.slice(0, 60)}, as in ${cases.slice(11, 50)}`, () => {
      const [fault] = setOf([cases]).faults;
      assert.match(fault!.where, /:5$/);
      assert.ok(fault!.text.includes(why), fault!.text);
    });
});
