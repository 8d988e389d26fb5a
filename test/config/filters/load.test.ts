import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import {
  type FilterDisk,
  loadFilters,
  readFilterFiles,
  vetSinks,
  withComplaints,
} from '../../../src/config/filters/load.ts';

const FOLDER = 'test/fixtures/filters';
const ONE = 'filters:\n  - name: acme\n    projects: [acme-web]\n';

function load(path: string) {
  const { files, faults } = readFilterFiles(`${FOLDER}/${path}`, fs);
  return loadFilters(files, faults);
}

/** Line and text of each fault of a text. */
function faultsOf(text: string): [number, string][] {
  const { filters, faults } = loadFilters([{ path: 'acme.yaml', text }]);
  assert.deepEqual(faults.length > 0 ? filters : [], []);
  return faults.map(({ where, text }) => [Number(where.slice('acme.yaml:'.length)), text]);
}

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

  it('judges queries outside quotes only', () => {
    const good = [
      'a',
      '(a OR b) c',
      'message:"is:x )"',
      'this:fine',
      'tags[is]:x',
      'my_is:1',
      'message:"C:\\temp"',
      'has:user !has:release',
      'x:"a\\"(b"',
    ];
    const bad = [
      ')',
      '(',
      '"',
      'a "b\\"',
      '!is:unresolved',
      '(is:x)',
      'FIRSTSEEN:-1d',
      'bookmarks:me',
      'p95(transaction.duration):<3',
      '!count():>5',
    ];
    for (const query of good)
      assert.deepEqual([query, faultsOf(`${ONE}    query: ${JSON.stringify(query)}`)], [query, []]);
    for (const query of bad)
      assert.deepEqual([query, faultsOf(`${ONE}    query: ${JSON.stringify(query)}`).length], [query, 1]);
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
      assert.deepEqual([set.filters, set.faults], [filters, []]);
    });
  }

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
    const set = loadFilters([{ path: 'example', text: fs.readFileSync('config/filters.example.yaml', 'utf8') }]);
    assert.deepEqual(set.faults, []);
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

describe('a folder of filters files', () => {
  it('runs the good files and names the faults of the others', () => {
    const set = load('team');
    assert.deepEqual(
      set.filters.map(({ name }) => name),
      ['shop', 'ops'],
    );
    assert.deepEqual(set.faults, [
      {
        where: `${FOLDER}/team/b-billing.yml:4`,
        file: `${FOLDER}/team/b-billing.yml`,
        text: 'levels: "loud" is not a level; write some of sample, debug, info, warning, error, fatal, unknown',
      },
      {
        where: `${FOLDER}/team/c-twin.yaml:5`,
        file: `${FOLDER}/team/c-twin.yaml`,
        text: `name: "shop" is taken by the filter in ${FOLDER}/team/a-shop.yaml:2; choose another`,
      },
    ]);
    assert.deepEqual(
      set.files.map(({ path }) => path.slice(FOLDER.length)),
      ['/team/a-shop.yaml', '/team/b-billing.yml', '/team/c-twin.yaml', '/team/d-ops.yaml'],
    );
  });

  it('blames the later path, whatever the order of the files', () => {
    const set = loadFilters([
      { path: 'z.yaml', text: ONE },
      { path: 'a.yaml', text: `# a\n${ONE}` },
    ]);
    assert.deepEqual(set.faults, [
      { where: 'z.yaml:2', file: 'z.yaml', text: 'name: "acme" is taken by the filter in a.yaml:3; choose another' },
    ]);
    assert.equal(set.filters.length, 1);
    assert.equal(set.where('acme'), 'a.yaml:3');
  });

  it('tells twins among the other faults by line, and takes filters without a name for none', () => {
    assert.deepEqual(
      faultsOf(`${ONE}    top: 0\n  - name: acme\n    projects: [a]\n    team: 1\n`).map(([line]) => line),
      [4, 5, 7],
    );
    assert.deepEqual(
      faultsOf('filters:\n  - projects: [a]\n  - projects: [b]\n').map(([line]) => line),
      [2, 3],
    );
  });
});

describe('files that cannot be read', () => {
  const kind = (file: boolean) => ({ isDirectory: () => !file, isFile: () => file });
  const failing = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };
  const disk: FilterDisk = { statSync: () => kind(true), readdirSync: () => [], readFileSync: () => Buffer.from(ONE) };

  function faults(path: string, parts: Partial<FilterDisk>) {
    const read = readFilterFiles(path, { ...disk, ...parts });
    assert.deepEqual(
      read.faults.map(({ where, file }) => [where, file]),
      read.faults.map(({ file }) => [file, file]),
    );
    return read.faults.map(({ where, text }) => `${where}: ${text}`);
  }

  it('says what to do about a missing file', () => {
    const [set, file] = [load('none.yaml'), `${FOLDER}/none.yaml`];
    assert.deepEqual(set.faults, [
      {
        where: file,
        file,
        text: 'does not exist; copy config/filters.example.yaml to this place, or set FILTERS to another',
      },
    ]);
    assert.deepEqual(
      set.files.map(({ path }) => path),
      [file],
    );
    assert.match(load('good/smallest.yaml/x').faults[0]?.text ?? '', /^does not exist;/);
  });

  it('says what to do about an empty folder', () => {
    const empty = { statSync: () => kind(false), readdirSync: () => ['README.md', '.a.yaml', 'b.yaml.bak', 'yaml'] };
    assert.deepEqual(faults('f', empty), [
      'f: has no file *.yaml or *.yml in it; copy config/filters.example.yaml into it, or set FILTERS to another place',
    ]);
  });

  it('says which right is missing', () => {
    const rights = 'check its rights and those of its folder';
    assert.deepEqual(faults('f.yaml', { statSync: failing('EACCES') }), [`f.yaml: cannot be read (EACCES); ${rights}`]);
    assert.deepEqual(faults('f.yaml', { readFileSync: failing('EACCES') }), [
      `f.yaml: cannot be read (EACCES); ${rights}`,
    ]);
    assert.deepEqual(faults('f.yaml', { readFileSync: () => JSON.parse('') as never }), [
      `f.yaml: cannot be read (unknown error); ${rights}`,
    ]);
    assert.deepEqual(faults('d', { statSync: () => kind(false), readdirSync: failing('EPERM') }), [
      `d: cannot be read (EPERM); ${rights}`,
    ]);
  });

  it('refuses devices, broken links and other encodings, and reads the other files', () => {
    const folder: Partial<FilterDisk> = {
      readdirSync: () => ['pipe.yaml', 'link.yml', 'latin.yaml', 'good.yaml'],
      statSync: (path) =>
        path.endsWith('link.yml') ? failing('ENOENT')() : kind(path !== 'dir' && !path.endsWith('pipe.yaml')),
      readFileSync: (path) => (path.endsWith('latin.yaml') ? Buffer.from([0x67, 0xf6]) : Buffer.from(ONE)),
    };
    assert.deepEqual(faults('dir', folder), [
      'dir/latin.yaml: is not UTF-8; save it with that encoding',
      'dir/link.yml: does not exist; remove the link or restore what it points to',
      'dir/pipe.yaml: is not a file; write the filters into a plain file',
    ]);
    assert.deepEqual(readFilterFiles('dir', { ...disk, ...folder }).files, [{ path: 'dir/good.yaml', text: ONE }]);
  });
});

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

  it('compares a hundred thousand keys in reasonable time', function () {
    this.timeout(20_000);
    const faults = faultsOf(`${ONE}${Array.from({ length: 100_000 }, (_, index) => `k${index}: 1\n`).join('')}`);
    assert.equal(faults.at(-1)?.[1], 'and 99950 more faults from here on; correct those above first');
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
      for (const [, fault] of faultsOf(text)) assert.ok(fault.length < 300, fault);
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

  it('name sinks that are not enabled', () => {
    assert.deepEqual(vetSinks(set, ['newrelic', 'anodot']), [
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
    assert.deepEqual(vetSinks(set, ['newrelic', 'pager', 'mail']), []);
    assert.deepEqual(vetSinks(set, []), []);
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
