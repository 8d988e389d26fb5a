import assert from 'node:assert/strict';
import { loadFilters, withComplaints } from '../../../src/config/filters/load.ts';
import { judgeReferences } from '../../../src/config/filters/parts/references.ts';
import { ONE, faultsOf } from './faults-of-text.ts';

describe('hostile filters files', () => {
  const NESTED = 'has lists or maps nested too deep; see config/filters.example.yaml for the shape';

  it('refuses aliases that multiply', () => {
    const rows = Array.from(
      { length: 9 },
      (_, row) => `  a${row + 1}: &a${row + 1} [${Array(9).fill(`*a${row}`).join(', ')}]\n`,
    );
    const laughs = `defaults:\n  a0: &a0 [ha]\n${rows.join('')}${ONE}`;
    assert.deepEqual(faultsOf(laughs), [[11, 'uses aliases (*) too often; write the values out']]);
  });

  it('refuses the hundred and first alias, and survives an alias of itself', () => {
    assert.deepEqual(faultsOf('filters: &a\n  - *a\n'), [
      [2, 'a filter must be a map of keys; write name: and projects: under the hyphen'],
    ]);
    const many = (count: number) =>
      `${ONE}    team: &a acme\n    runbook: &b https://example.com\n    tags: [${Array(count).fill('*a, *b').join(', ')}]\n`;
    assert.deepEqual(faultsOf(many(51)), [[6, 'uses aliases (*) too often; write the values out']]);
    assert.equal(faultsOf(many(50))[1]?.[1], 'tags: "acme" is listed twice; remove one');
  });

  it('refuses deep nesting and more than 1 MiB', () => {
    for (const opening of ['[', '{a: ', '- ', '? ', '[? '])
      assert.deepEqual(faultsOf(opening.repeat(21)), [[1, NESTED]]);
    assert.deepEqual(faultsOf('['.repeat(20_000)), [[1, NESTED]]);
    assert.deepEqual(faultsOf(`${ONE}    team: ${'['.repeat(15)}${']'.repeat(15)}`), [
      [4, 'team: must be a text, not a list; write one text'],
    ]);
    assert.deepEqual(faultsOf(`${ONE}#${'ö'.repeat(524_288)}`), [
      [1, 'is larger than 1 MiB; split it into several files in a folder'],
    ]);
    assert.deepEqual(faultsOf(`${ONE}#${'x'.repeat(1024 * 1024 - ONE.length - 1)}`), []);
  });

  it('compares twenty thousand keys in reasonable time', () => {
    const faults = faultsOf(`${ONE}${Array.from({ length: 20_000 }, (_, index) => `k${index}: 1\n`).join('')}`);
    assert.equal(faults.at(-1)?.[1], 'and 19950 more faults from here on; correct those above first');
  });

  it('never shows long values whole', () => {
    const long = '9'.repeat(1000);
    for (const text of [
      `${ONE}    team: ${long}`,
      `${ONE}    levels: ${long}`,
      `${ONE}    top: ${long}`,
      `${ONE}    ${long}: 1`,
      `${ONE}    team: *${long}`,
      `%${long}\n---\n${ONE}`,
    ]) {
      for (const [, fault] of faultsOf(text)) assert.ok(fault.length < 400, fault);
    }
  });

  it('leaves prototypes alone', () => {
    faultsOf(
      `defaults:\n  __proto__: { polluted: 1 }\n  labels: { __proto__: polluted }\n${ONE}__proto__: { polluted: 1 }\n`,
    );
    const { filters } = loadFilters([{ path: 'f', text: `${ONE}    labels: { constructor: a, toString: b }` }]);
    assert.equal(Object.getPrototypeOf(filters[0]?.labels), Object.prototype);
    assert.deepEqual(Object.entries(filters[0]?.labels ?? {}), [
      ['constructor', 'a'],
      ['toString', 'b'],
    ]);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.deepEqual(
      faultsOf(`${ONE}    hasOwnProperty: 1\n    toString: 2`).map(([line]) => line),
      [4, 5],
    );
  });
});

describe('objections to filters', () => {
  const two =
    'filters:\n  - name: crm\n    projects: [a]\n    sinks: [newrelic, pager, mail]\n  - name: web\n    projects: [b]\n    tags: [os]\n';
  const set = loadFilters([
    { path: 'a.yaml', text: ONE },
    { path: 'b.yaml', text: two },
  ]);

  const unknownSinks = (enabled: readonly string[]) =>
    judgeReferences(set, { section: 'sinks', enabled, broken: [] }).complaints;

  it('name sinks that are not enabled', () => {
    assert.deepEqual(unknownSinks(['newrelic', 'anodot']), [
      {
        filter: 'crm',
        key: 'sinks',
        text: '"pager" is not an enabled sink; write some of newrelic, anodot, or enable it',
      },
      {
        filter: 'crm',
        key: 'sinks',
        text: '"mail" is not an enabled sink; write some of newrelic, anodot, or enable it',
      },
    ]);
    assert.deepEqual(unknownSinks(['newrelic', 'pager', 'mail']), []);
  });

  it('become faults with file and line, and leave out the whole file', () => {
    const less = withComplaints(set, [
      { filter: 'web', key: 'tags', text: 'os hides a name; rename it' },
      { filter: 'web', key: 'labels', text: 'too many; remove some' },
      { filter: 'crm', key: 'sinks', text: 'no such sink; write another' },
    ]);
    assert.deepEqual(
      less.filters.map(({ name }) => name),
      ['acme'],
    );
    assert.deepEqual(less.faults, [
      { where: 'b.yaml:4', file: 'b.yaml', text: 'sinks: no such sink; write another' },
      { where: 'b.yaml:5', file: 'b.yaml', text: 'labels: too many; remove some' },
      { where: 'b.yaml:7', file: 'b.yaml', text: 'tags: os hides a name; rename it' },
    ]);
    assert.equal(less.where('web', 'tags'), 'b.yaml:7');
  });

  it('add to the faults there were, and none changes nothing', () => {
    const once = withComplaints(set, [{ filter: 'web', key: 'tags', text: 'x; y' }]);
    const twice = withComplaints(once, [{ filter: 'acme', key: 'query', text: 'too long; shorten it' }]);
    assert.deepEqual(
      twice.faults.map(({ where }) => where),
      ['a.yaml:2', 'b.yaml:7'],
    );
    assert.deepEqual(twice.filters, []);
    assert.deepEqual(withComplaints(set, []).filters, set.filters);
  });
});
