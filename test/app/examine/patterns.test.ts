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
        "failed /etc/f.yaml:5: shop: pattern: '^(\\w+) (.*)$' has no named group, so it says nothing; write (?P<name>…)",
        "failed /etc/f.yaml:8: shop: merge: 'user (?=x)' is no pattern that can be used: error parsing regexp: invalid or " +
          'unsupported Perl syntax: `(?=`; write it in the syntax of RE2',
        "failed /etc/f.yaml:9: shop: enrich: 'user=(\\w+)' has no named group, so it says nothing; write (?P<name>…)",
      ],
    );
  });

  it('are told by the line of their key where an entry has several', async () => {
    const [said] = await findings(
      "    pattern: '^(?P<message>.*)$'",
      '    merge:',
      "      - 'a,b'",
      "      - 'user (?=x)'",
    );
    assert.match(said!, /^failed \/etc\/f\.yaml:6: shop: merge: 'user/);
  });

  it('are told where the format needs one, and where it has none', async () => {
    assert.deepEqual(await findings(), [
      'failed /etc/f.yaml:4: shop: format: the pattern is missing; write pattern: with what the first line of a record looks like',
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
      ['/etc/f.yaml:5: shop: pattern: is for format: pattern alone; remove it, or write that format'],
    );
  });

  it('that are good are nothing to tell of', async () => {
    assert.deepEqual(await findings("    pattern: '^(?P<level>\\w+) (?P<message>.*)$'", "    scrub: ['\\d{4}']"), []);
  });
});
