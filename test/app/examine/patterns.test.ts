import assert from 'node:assert/strict';
import { inspectPatterns } from '../../../src/app/examine/index.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';

describe('patterns of intakes, without a network', () => {
  const findings = async (...lines: readonly string[]) => {
    const text = ['intakes:', '  shop:', '    file: /var/log/acme/error.log', '    format: pattern', ...lines, ''];
    const set = loadFilters([{ path: '/etc/f.yaml', text: text.join('\n') }], [], partKinds);
    assert.deepEqual(set.faults, []);
    return (await inspectPatterns(set)).map(({ status, where, say }) => `${status} ${where}: ${say}`);
  };

  it('are told by line, each that cannot be read and each that finds nothing', async () => {
    assert.deepEqual(
      await findings(
        "    pattern: '^(\\w+) (.*)$'",
        '    merge:',
        "      - 'order \\d{1,3}'",
        "      - 'user (?=x)'",
        "    enrich: ['user=(\\w+)', '(?P<user>\\w+)@']",
      ),
      [
        "failed /etc/f.yaml:5:15: shop: pattern: '^(\\w+) (.*)$' has no named group, so it says nothing; write (?P<name>…)",
        "failed /etc/f.yaml:8:15: shop: merge: 'user (?=x)' is no pattern that can be used: error parsing regexp: invalid or " +
          'unsupported Perl syntax: `(?=`; write it in the syntax of RE2',
        "failed /etc/f.yaml:9:15: shop: enrich: 'user=(\\w+)' has no named group, so it says nothing; write (?P<name>…)",
      ],
    );
  });

  it('are told where the format needs one, and where it has none', async () => {
    assert.deepEqual(await findings(), [
      'failed /etc/f.yaml:4:13: shop: format: the pattern is missing; write pattern: with what the first line of a record looks like',
    ]);
    const other = [
      'intakes:',
      '  shop:',
      '    file: /var/log/acme/error.log',
      '    format: django',
      "    pattern: '(?P<message>.*)'",
    ];
    const set = loadFilters([{ path: '/etc/f.yaml', text: `${other.join('\n')}\n` }], [], partKinds);
    assert.deepEqual(
      (await inspectPatterns(set)).map(({ where, say }) => `${where}: ${say}`),
      ['/etc/f.yaml:5:15: shop: pattern: is for format: pattern alone; remove it, or write that format'],
    );
  });

  for (const [what, place, ...lines] of [
    ['in a list where an entry has several', '7:15', '    merge:', "      - 'a,b'", "      - 'user (?=x)'"],
    ['among others in one text', '5:22', "    merge: 'a,b,user (?=x)'"],
    ['without quotes', '5:17', '    merge: user (?=x)'],
    ['that stands there twice', '5:12', '    merge: a(?=x)(?=x)'],
    ['that is the same twice in one text', '5:13', "    merge: '(?=x),(?=x)'"],
    ['with a backslash at its end', '5:14', "    keep: 'ab\\'"],
    ['whose quote is written twice', '5:13', "    merge: 'it''s (?=x)'"],
    ['that is escaped', '5:13', '    merge: "\\x64 (?=x)"'],
    ['on lines of its own', '5:12', '    merge: >-', '      user', '      (?=x)'],
  ] as const)
    it(`are told by line and column ${what}`, async () => {
      const said = (await findings(...lines)).find((it) => !it.includes('format'));
      assert.equal(said!.slice(0, said!.indexOf(': shop')), `failed /etc/f.yaml:${place}`);
    });

  it('that are good are nothing to tell of', async () => {
    assert.deepEqual(await findings("    pattern: '^(?P<level>\\w+) (?P<message>.*)$'", "    scrub: ['\\d{4}']"), []);
  });
});
