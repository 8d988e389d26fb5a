import assert from 'node:assert/strict';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { faultsOf, ONE } from './faults-of-text.ts';

const AS_A_WHOLE = 'must stand in quotes as a whole:';

describe('texts without quotes that YAML reads as something else', () => {
  const advice: readonly [string, string][] = [
    ['query: !error.type:X', `query: a text that begins with ! ${AS_A_WHOLE} '!error.type:X'`],
    ['query: !has:user OR (b)', `query: a text that begins with ! ${AS_A_WHOLE} '!has:user OR (b)'`],
    ['query: !a:"b c" d', `query: a text that begins with ! ${AS_A_WHOLE} '!a:"b c" d'`],
    ['query: *foo* bar', `query: a text that begins with * ${AS_A_WHOLE} '*foo* bar'`],
    [
      'query: *foo*',
      `"*foo*" stands for nothing; put the text in quotes: '*foo*', or write the same name with & before the value it means`,
    ],
    ['query: "*foo*" OR bar', `query: a text that begins with " ${AS_A_WHOLE} '"*foo*" OR bar'`],
    ["query: 'it's'", `query: a text that begins with ' ${AS_A_WHOLE} "it's"`],
    ['query: @handled:no', `query: a text that begins with @ ${AS_A_WHOLE} '@handled:no'`],
    ['query: %x', `query: a text that begins with % ${AS_A_WHOLE} '%x'`],
    ['query: `x`', `query: a text that begins with \` ${AS_A_WHOLE} '\`x\`'`],
    ['query: [${ENV}]', `query: a text that begins with [ ${AS_A_WHOLE} '[\${ENV}]'`],
    ['query: {a} b', `query: a text that begins with { ${AS_A_WHOLE} '{a} b'`],
    ['query: |a', `query: a text that begins with | ${AS_A_WHOLE} '|a'`],
    ['query: foo: bar # why', `query: a text with a colon before a blank or its end ${AS_A_WHOLE} 'foo: bar'`],
    ['team: @shop', `team: a text that begins with @ ${AS_A_WHOLE} '@shop'`],
    ['searchTerms: [ok, @x, b]', `searchTerms: a text that begins with @ ${AS_A_WHOLE} '@x'`],
    ['labels: { a: @b }', `labels: a text that begins with @ ${AS_A_WHOLE} '@b'`],
    ['top: !int 3', 'has a tag (!) that is not known; remove the tag'],
    ['team: !!binary YQ==', 'has a tag (!) that is not known; remove the tag'],
  ];
  for (const [written, fault] of advice) {
    it(`says how to quote ${written}`, () =>
      assert.deepEqual(faultsOf(`${ONE}    ${written}\n    top: 3\n`)[0], [4, fault]));
  }

  it('says so in a list below its key and in a filter on one line', () => {
    assert.deepEqual(faultsOf(`${ONE}    exclude:\n      - ok\n      - !x y\n    top: 3\n`), [
      [6, `exclude: a text that begins with ! ${AS_A_WHOLE} '!x y'`],
    ]);
    assert.deepEqual(faultsOf('filters:\n  - { name: acme, query: !foo bar, projects: [acme-web] }\n'), [
      [2, `query: a text that begins with ! ${AS_A_WHOLE} '!foo bar'`],
    ]);
  });

  it('shows no text that is too long, and what it shows is read as that text', () => {
    assert.deepEqual(faultsOf(`${ONE}    query: !${'x'.repeat(200)}\n`), [
      [4, 'query: a text that begins with ! must stand in quotes'],
    ]);
    const { filters } = loadFilters([{ path: 'f', text: `${ONE}    query: '!a:"it''s"'\n` }]);
    assert.equal(filters[0]?.query, '!a:"it\'s"');
  });
});

describe('texts of which YAML takes a part away', () => {
  it('are faults where a comment is glued to its text, or an anchor or a lone ! stands before it', () => {
    assert.deepEqual(faultsOf(`${ONE}    query: timed #out\n    exclude: [ok]\n`), [
      [4, `query: is read as "timed", and "#out" is lost as a comment; write the whole text in quotes: 'timed #out'`],
    ]);
    assert.deepEqual(faultsOf(`${ONE}    query: &not foo\n    searchTerms: [a, &b c]\n    exclude:\n      - a #b\n`), [
      [4, `query: is read as "foo", without "&not"; write the whole text in quotes: '&not foo'`],
      [5, `searchTerms: is read as "c", without "&b"; write the whole text in quotes: '&b c'`],
      [7, `exclude: is read as "a", and "#b" is lost as a comment; write the whole text in quotes: 'a #b'`],
    ]);
    assert.deepEqual(faultsOf(`defaults: { query: ! foo }\n${ONE}`), [
      [1, `query: is read as "foo", without "!"; write the whole text in quotes: '! foo'`],
    ]);
    assert.deepEqual(faultsOf(`${ONE}    query: &not\n`), [
      [4, `query: is read as nothing, without "&not"; write the whole text in quotes: '&not'`],
    ]);
  });

  it('are warned of where it is plainly a comment', () => {
    const { filters, faults, warnings } = loadFilters([{ path: 'f.yaml', text: `${ONE}    query: timed # out\n` }]);
    const text = `query: is read as "timed", and "# out" is taken for a comment; if it is one, put quotes around the text before it: 'timed'`;
    assert.deepEqual(
      [filters[0]?.query, faults, warnings],
      ['timed', [], [{ where: 'f.yaml:4', file: 'f.yaml', text }]],
    );
  });

  it('are left alone in quotes, in other keys, and where a whole list has the anchor', () => {
    const fine = [
      "    query: 'timed #out' #x\n",
      '    query: &all "a b" # x\n',
      '    team: &a shop #x\n    query: *a\n',
      '    labels: { query: &a b }\n',
      '    searchTerms: &t [a, b] # x\n    exclude: [c]\n',
      '    query: a#b\n    # about the next\n    top: 3\n',
    ];
    for (const keys of fine) {
      const { filters, faults, warnings } = loadFilters([{ path: 'f.yaml', text: `${ONE}${keys}` }]);
      assert.deepEqual([filters.length, faults, warnings], [1, [], []], keys);
    }
  });
});
