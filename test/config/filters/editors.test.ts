import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { variables } from '../../../src/app/assemble.ts';
import { editorSchema } from '../../../src/config/filters/editors.ts';
import { FILE, fileOf } from '../../../src/config/filters/file.ts';
import { KEYS } from '../../../src/config/filters/keys.ts';
import { number } from '../../../src/config/filters/kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import type { Filled, Key } from '../../../src/config/filters/shape.ts';
import { configTexts, filterTable, sections, textOf } from '../../support/config/text.ts';

const FOLDER = 'test/fixtures/filters';
const read = (file: string): unknown => parse(textOf(file), { schema: 'core', uniqueKeys: false, logLevel: 'error' });
const under = (folder: string): readonly string[] =>
  fs.readdirSync(`${FOLDER}/${folder}`).map((name) => `${FOLDER}/${folder}/${name}`);

/** What JSON Schema cannot see or say: how something was written, one thing's place in another, a word's meaning. */
const ONLY_THE_SERVICE = [
  'alias-lost',
  'key-twice',
  'name-twice',
  'old-version',
  'projects-missing',
  'query-line-break',
  'runbook-broken',
  'second-document',
  'tag-custom',
  'term-half-character',
];

describe('the schema for editors', () => {
  let valid: ValidateFunction;
  // As editors read it: patterns with the flag u, words they do not know left aside.
  before(
    () =>
      (valid = new Ajv({ strict: false, unicodeRegExp: true }).compile(
        JSON.parse(textOf('config/filters.schema.json')) as object,
      )),
  );

  it('accepts the example, whose first line names it, and every good file', () => {
    assert.match(
      textOf('config/filters.example.yaml'),
      /^# yaml-language-server: \$schema=\.\/filters\.schema\.json\n/,
    );
    for (const file of ['config/filters.example.yaml', ...under('good')])
      assert.ok(valid(read(file)), `${file}: ${JSON.stringify(valid.errors)}`);
  });

  it('refuses every bad file that it can judge', () => {
    const syntax = /syntax|alias-lost|second-document/;
    const passed = under('bad').filter((file) => syntax.test(file) || valid(read(file)));
    const names = passed.map((file) => /([^/]+)\.yaml$/.exec(file)![1]!).filter((name) => !name.startsWith('syntax'));
    assert.deepEqual(names, ONLY_THE_SERVICE.toSorted());
    assert.ok(under('bad').length - passed.length > 60);
  });

  it('knows of every key what it means', () => {
    const { properties = {} } = editorSchema();
    for (const [key, { description }] of Object.entries(properties['filters']?.items?.properties ?? {}))
      assert.ok((description ?? '').length > 5, key);
  });
});

describe('what is made from keys and settings', () => {
  for (const [file, text] of configTexts()) {
    it(`is what ${file} holds; if not: npm run docs`, () => assert.equal(textOf(file), text));
  }

  it('has every variable that the program reads, with its meaning and what may be written', () => {
    const rows = [...textOf('docs/configuration.md').matchAll(/^\| `([A-Z][A-Z0-9_]*)` \|/gm)].map(([, name]) => name!);
    assert.deepEqual(rows.toSorted(), variables.map(({ env }) => env).toSorted());
    assert.deepEqual(
      variables.filter(({ doc, format }) => doc === '' || format === ''),
      [],
    );
  });

  it('stands between its marks, and only there', () => {
    assert.equal(
      sections('a\n<!-- x -->\nold\n<!-- /x -->\nb', { x: 'new' }),
      'a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb',
    );
    assert.throws(() => sections('a', { x: 'new' }), /has no <!-- x -->/);
  });
});

describe('a new key', () => {
  const more = {
    ...KEYS,
    patience: { doc: 'how long', schema: number({ min: 1, max: 9, whole: true }, 'must be few'), fallback: 3 },
  };
  const file = fileOf(more);

  function faultsOf(filter: object): readonly string[] | undefined {
    return z
      .safeParse(file, { filters: [{ name: 'acme', projects: ['acme'], ...filter }] })
      .error?.issues.map(({ message }) => message);
  }

  it('costs one entry: it is read, typed, suggested, told to editors and documented', () => {
    const typed: Filled<typeof more>['patience'] = 5;
    assert.equal(faultsOf({ patience: typed }), undefined);
    assert.deepEqual(faultsOf({ patience: 10 }), ['must be few']);
    assert.deepEqual(faultsOf({ patence: 5 }), ['"patence" is not a key of a filter; did you mean patience?']);
    assert.deepEqual(editorSchema(file).properties?.['filters']?.items?.properties?.['patience'], {
      description: 'how long',
      type: 'integer',
      minimum: 1,
      maximum: 9,
      default: 3,
    });
    assert.match(filterTable(editorSchema(file)), /^\| `patience` \| how long \| whole number from 1 to 9 \| `3` \|$/m);
  });

  it('that nothing was written of has its fallback', () => {
    const { filters } = loadFilters([{ path: 'f', text: 'filters: [{ name: acme, projects: [acme] }]' }]);
    const expected = Object.entries<Key>(KEYS).flatMap(([key, { fallback }]) =>
      fallback === undefined ? [] : [[key, fallback]],
    );
    const { place, ...filter } = filters[0]!;
    assert.deepEqual(place, { file: 'f', line: 1, lines: { name: 1, projects: 1 } });
    assert.deepEqual(filter, { name: 'acme', projects: ['acme'], ...Object.fromEntries(expected) });
    assert.equal(filter.top, 25);
    assert.deepEqual(z.parse(FILE, { filters: [{ name: 'acme', projects: ['acme'] }] }), {
      filters: [{ name: 'acme', projects: ['acme'] }],
    });
  });
});
