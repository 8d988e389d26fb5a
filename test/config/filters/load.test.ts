import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { whereIs } from '../../../src/core/model/filter.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { FOLDER, ONE, load, faultsOf } from './faults-of-text.ts';

const GOOD = JSON.parse(fs.readFileSync(`${FOLDER}/good.json`, 'utf8')) as Record<string, unknown[]>;
/** By name of the fixture: line and text of each fault. */
const BAD = JSON.parse(fs.readFileSync(`${FOLDER}/bad.json`, 'utf8')) as Record<string, [line: number, text: string][]>;

describe('filters files with faults', () => {
  for (const [rule, faults] of Object.entries(BAD)) {
    it(`names line and remedy: ${rule}`, () => {
      const file = `${FOLDER}/bad/${rule}.yaml`;
      const set = load(`bad/${rule}.yaml`);
      assert.deepEqual(
        set.faults,
        faults.map(([line, text]) => ({ where: `${file}:${line}`, file, text })),
      );
      assert.deepEqual(set.filters, []);
    });
  }

  it('has an expectation for each fixture', () => {
    assert.deepEqual(fs.readdirSync(`${FOLDER}/good`).sort(), Object.keys(GOOD).sort());
    assert.deepEqual(
      fs.readdirSync(`${FOLDER}/bad`).sort(),
      Object.keys(BAD)
        .map((rule) => `${rule}.yaml`)
        .sort(),
    );
  });

  it('accepts the edge of each limit', () => {
    const text = `filters: [{ name: ${'a'.repeat(60)}, projects: [${'p'.repeat(100)}], environments: [${'e'.repeat(64)}], tags: [${'t'.repeat(200)}],
      team: ${'m'.repeat(100)}, labels: { ${'k'.repeat(100)}: ${'v'.repeat(4096)} }, query: ${'q'.repeat(4000)}, top: 1 }]`;
    assert.deepEqual(faultsOf(text), []);
  });

  it('tells the first fifty faults of a file and counts the others', () => {
    const faults = faultsOf(`${ONE}    searchTerms:\n${'      - 7\n'.repeat(60)}defaults:\n  top: 0\n`);
    assert.equal(faults.length, 51);
    assert.deepEqual(faults[49], [54, 'searchTerms: 7 is a number; write it in quotes: "7"']);
    assert.deepEqual(faults[50], [55, 'and 11 more faults from here on; correct those above first']);
  });
});

describe('good filters files', () => {
  for (const [file, filters] of Object.entries(GOOD)) {
    it(`become exactly these filters: ${file}`, () => {
      const set = load(`good/${file}`);
      const read = set.filters.map(({ place: _place, ...filter }) => filter);
      assert.deepEqual([read, set.faults], [filters, []]);
    });
  }

  it('know where they and their keys stand, in the filter or in the defaults', () => {
    const file = `${FOLDER}/good/defaults.yaml`;
    const defaults = { projects: 2, environments: 3, levels: 4, top: 5, team: 6, labels: 7, query: 8 };
    const [first, second] = load('good/defaults.yaml').filters;
    assert.deepEqual(first?.place, { file, line: 10, lines: { ...defaults, name: 10 } });
    assert.deepEqual(second?.place, {
      file,
      line: 11,
      lines: { ...defaults, name: 11, projects: 12, environments: 13, levels: 14, top: 15, labels: 16 },
    });
    assert.deepEqual(
      [whereIs(second, 'projects'), whereIs(second, 'team'), whereIs(second, 'runbook'), whereIs(second)],
      [`${file}:12`, `${file}:6`, `${file}:11`, `${file}:11`],
    );
    assert.equal(whereIs({ name: 'of-no-file' }, 'projects'), 'filter of-no-file');
  });

  it('says where a key stands, in the filter or in the defaults', () => {
    const { where } = load('good/defaults.yaml');
    assert.equal(where('replaced', 'top'), 'test/fixtures/filters/good/defaults.yaml:15');
    assert.equal(where('as-it-is', 'top'), 'test/fixtures/filters/good/defaults.yaml:5');
    assert.equal(where('replaced', 'runbook'), 'test/fixtures/filters/good/defaults.yaml:11');
    assert.equal(where('as-it-is'), 'test/fixtures/filters/good/defaults.yaml:10');
    assert.equal(load('team//').where('shop'), `${FOLDER}/team/a-shop.yaml:2`);
    assert.equal(where('unheard-of'), 'filter "unheard-of"');
  });

  it('accepts the example', () => {
    const text = fs.readFileSync('config/filters.example.yaml', 'utf8');
    const set = loadFilters([{ path: 'example', text }], [], partKinds);
    assert.deepEqual([set.faults, set.warnings], [[], []]);
    assert.deepEqual(
      set.filters.map(({ name, team }) => [name, team]),
      [
        ['shop-all', 'shop'],
        ['shop-checkout', 'shop'],
        ['billing-invoices', 'billing'],
        ['billing-jobs', 'billing'],
      ],
    );
  });

  it('keeps every allowed term as it is', () => {
    const term = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter(
        (text) =>
          text.trim() !== '' &&
          text.isWellFormed() &&
          !/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]|\\["*]|\\$/.test(text),
      );
    fc.assert(
      fc.property(fc.uniqueArray(term, { minLength: 1, maxLength: 5 }), (terms) => {
        const set = loadFilters([
          { path: 'f', text: `${ONE}    searchTerms: [${terms.map((text) => JSON.stringify(text)).join(', ')}]\n` },
        ]);
        assert.deepEqual(set.faults, []);
        assert.deepEqual(set.filters[0]?.searchTerms, terms);
      }),
      { numRuns: 500 },
    );
  });
});
