import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { loadFilters, readFilterFiles, vetSinks, withComplaints } from '../src/filters.ts';
import type { FilterDisk } from '../src/filters.ts';

const FOLDER = 'test/fixtures/filters';
const ONE = 'filters:\n  - name: acme\n    projects: [acme-web]\n';
const PLAIN = { environments: [], levels: [], searchTerms: [], exclude: [], tags: [], top: 25, labels: {} };

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

const BAD: Readonly<Record<string, readonly (readonly [line: number, text: string])[]>> = {
  'alias-lost': [
    [4, '"*production" stands for nothing; write the same name with & before the value it means'],
  ],
  'defaults-list': [
    [1, 'defaults must be a map of keys of filters; write { top: 25 } or remove it'],
  ],
  'defaults-wrong': [
    [2, 'top: must be a whole number from 1 to 100; write digits only, without quotes'],
    [3, 'levels: "loud" is not a level; write some of sample, debug, info, warning, error, fatal, unknown'],
    [4, '"colour" is not a key of a filter; write one of name, projects, environments, levels, searchTerms, exclude, query, tags, top, team, labels, runbook, sinks'],
  ],
  'empty': [
    [1, 'is empty; copy config/filters.example.yaml and adapt it'],
  ],
  'environment-blank': [
    [5, 'environments: a text is blank; write something or remove it'],
    [6, 'environments: " production" has white space around it; remove it'],
    [7, 'environments: "two\\nlines" has a line break; write it on one line'],
  ],
  'environment-long': [
    [4, 'environments: "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee…" is longer than 64 characters; shorten it'],
  ],
  'environment-quote': [
    [4, 'environments: on is a yes or no; write it in quotes: "on"'],
    [4, 'environments: 1 is a number; write it in quotes: "1"'],
  ],
  'environment-slash': [
    [4, 'environments: "eu/production" has a slash, which no environment has; write the name that Sentry shows'],
  ],
  'filter-a-text': [
    [2, 'a filter must be a map of keys; write name: and projects: under the hyphen'],
    [3, 'a filter must be a map of keys; write name: and projects: under the hyphen'],
  ],
  'filters-a-map': [
    [2, 'filters must be a list; write filters: with an entry such as - { name: acme-web, projects: [acme-web] }'],
  ],
  'filters-empty': [
    [1, 'filters must be a list with at least one filter; write filters: with an entry such as - { name: acme-web, projects: [acme-web] }'],
  ],
  'key-a-list': [
    [4, 'is not valid YAML (With stringKeys, all keys must be strings); correct this line or the one above'],
  ],
  'key-twice': [
    [5, '"top" is written twice; remove it here or in line 4'],
  ],
  'key-without-value': [
    [4, 'query: has no value; write one or remove the key'],
    [5, 'team: has no value; write one or remove the key'],
  ],
  'labels-key': [
    [5, 'labels: "two words" does not fit; write a label name of letters, digits and _ . : -, at most 100'],
    [6, 'labels: "__proto__" has a meaning of its own in JavaScript; choose another name'],
  ],
  'labels-list': [
    [4, 'labels: must be a map; write { name: value }'],
  ],
  'labels-long': [
    [4, 'labels: "a": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is longer than 4096 characters; shorten it'],
  ],
  'labels-value': [
    [5, 'labels: "a" must be a text, a number, true or false; write one'],
    [6, 'labels: "c" must be a text, a number, true or false; write one'],
    [7, 'labels: "d": a text is blank; write something or remove it'],
    [8, 'labels: "e" must be a text, a number, true or false; write one'],
    [10, 'labels: "f" is written twice; remove it here or in line 9'],
    [11, 'labels: "i": "\\udc00" has half a character; write the character itself or both halves of its \\u escape'],
  ],
  'level-unknown': [
    [6, 'levels: "critical" is not a level; write some of sample, debug, info, warning, error, fatal, unknown'],
    [7, 'levels: "Error" is not a level; write some of sample, debug, info, warning, error, fatal, unknown'],
  ],
  'merge-key': [
    [6, '"<<" is not a key of a filter; write one of name, projects, environments, levels, searchTerms, exclude, query, tags, top, team, labels, runbook, sinks'],
  ],
  'name-default': [
    [2, 'name cannot be a default; give each filter its own'],
  ],
  'name-list': [
    [2, 'name: must be a text, not a list; write one text'],
  ],
  'name-missing': [
    [2, 'name is missing; give the filter one'],
  ],
  'name-number': [
    [2, 'name: 2026 is a number; write it in quotes: "2026"'],
  ],
  'name-pattern': [
    [3, 'name: "Acme Web" does not fit; write lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit'],
  ],
  'name-too-long': [
    [2, 'name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" does not fit; write lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit'],
  ],
  'name-twice': [
    [5, 'name: "acme" is taken by the filter in test/fixtures/filters/bad/name-twice.yaml:2; choose another'],
  ],
  'no-filters': [
    [1, 'filters is missing; write filters: with an entry such as - { name: acme-web, projects: [acme-web] }'],
  ],
  'not-a-map': [
    [1, 'must be a map with the key filters; see config/filters.example.yaml for the shape'],
  ],
  'old-version': [
    [1, 'asks for YAML 1.1; remove the %YAML line'],
  ],
  'project-number': [
    [5, "projects: \"4505123\" is a number; write the project's slug, as in the address of its page"],
    [6, "projects: \"4505124\" is a number; write the project's slug, as in the address of its page"],
  ],
  'project-pattern': [
    [4, 'projects: "Acme Web" does not fit; write a project slug: letters, digits, hyphens and underscores, at most 100, beginning with a letter or digit'],
    [5, 'projects: "acme/web" does not fit; write a project slug: letters, digits, hyphens and underscores, at most 100, beginning with a letter or digit'],
    [6, 'projects: "-acme" does not fit; write a project slug: letters, digits, hyphens and underscores, at most 100, beginning with a letter or digit'],
  ],
  'project-twice': [
    [6, 'projects: "acme-web" is listed twice; remove one'],
  ],
  'projects-empty': [
    [3, 'projects: is an empty list; write at least one entry'],
  ],
  'projects-map': [
    [3, 'projects: must be a list; write its entries between [ and ]'],
  ],
  'projects-missing': [
    [2, 'projects is missing; list at least one project slug'],
  ],
  'projects-text': [
    [3, 'projects: must be a list; write ["acme-web"]'],
  ],
  'query-aggregate': [
    [4, 'query: "count_unique(user.id):" is a condition on a count, not on events; remove it'],
  ],
  'query-assigned': [
    [4, 'query: "assigned:" is for issues only, not for events; remove it'],
  ],
  'query-blank': [
    [4, 'query: a text is blank; write something or remove it'],
  ],
  'query-closes': [
    [4, 'query: has a ) that closes nothing; remove it, or put the text in double quotes'],
  ],
  'query-issue-key': [
    [4, 'query: "is:" is for issues only, not for events; remove it'],
  ],
  'query-line-break': [
    [4, 'query: "release:1\\nrelease:2" has a line break; write it on one line'],
  ],
  'query-list': [
    [4, 'query: must be a text, not a list; write one text'],
  ],
  'query-number': [
    [4, 'query: 404 is a number; write it in quotes: "404"'],
  ],
  'query-open': [
    [4, 'query: has a ( that is not closed; close it, or put the text in double quotes'],
  ],
  'query-quote': [
    [4, 'query: has a quote (") that is not closed; close it, or write \\" for a quote inside quotes'],
  ],
  'runbook-scheme': [
    [4, 'runbook: "javascript:alert(1)" is not an http or https address; write it in full, such as https://wiki.example.com/page'],
  ],
  'runbook-space': [
    [4, 'runbook: "https://wiki.example.com/a b" is not an http or https address; write it in full, such as https://wiki.example.com/page'],
  ],
  'runbook': [
    [4, 'runbook: "wiki.example.com/acme" is not an http or https address; write it in full, such as https://wiki.example.com/page'],
  ],
  'second-document': [
    [4, 'has a second document; remove the --- here'],
  ],
  'several': [
    [2, 'top: must be a whole number from 1 to 100; write digits only, without quotes'],
    [4, 'name: "Acme" does not fit; write lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit'],
    [5, 'projects: is an empty list; write at least one entry'],
    [6, 'levels: "loud" is not a level; write some of sample, debug, info, warning, error, fatal, unknown'],
    [6, 'levels: "error" is listed twice; remove one'],
    [7, 'projects is missing; list at least one project slug'],
    [8, '"project" is not a key of a filter; did you mean projects?'],
  ],
  'sinks-empty': [
    [4, 'sinks: is an empty list; write at least one entry'],
  ],
  'sinks-number': [
    [4, 'sinks: 7 is a number; write it in quotes: "7"'],
  ],
  'syntax-indent': [
    [4, 'is not valid YAML (Sequence item without - indicator); correct this line or the one above'],
  ],
  'syntax-tab': [
    [2, 'is not valid YAML (Tabs are not allowed as indentation); correct this line or the one above'],
  ],
  'syntax': [
    [5, 'is not valid YAML (Flow sequence in block collection must be sufficiently indented and end with a ]); correct this line or the one above'],
  ],
  'tag-binary': [
    [4, 'has a tag (!) that is not known; remove the tag'],
  ],
  'tag-custom': [
    [4, 'has a tag (!) that is not known; remove the tag'],
  ],
  'tag-long': [
    [4, 'tags: "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt…" does not fit; write a tag name: letters, digits and _ . : -, at most 200'],
  ],
  'tag-pattern': [
    [4, 'tags: "browser name" does not fit; write a tag name: letters, digits and _ . : -, at most 200'],
    [4, 'tags: "größe" does not fit; write a tag name: letters, digits and _ . : -, at most 200'],
  ],
  'tag-twice': [
    [4, 'tags: "release" is listed twice; remove one'],
  ],
  'team-blank': [
    [4, 'team: a text is blank; write something or remove it'],
  ],
  'team-long': [
    [4, 'team: "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt…" is longer than 100 characters; shorten it'],
  ],
  'term-backslash-end': [
    [6, 'searchTerms: "C:\\\\temp\\\\" ends in a backslash, which Sentry cannot search for; leave the backslash out'],
  ],
  'term-backslash-star': [
    [5, 'searchTerms: "C:\\\\*.tmp" has a backslash before * or ", which Sentry cannot search for; write the part before or after it'],
    [7, 'exclude: "say \\\\\\"no\\\\\\"" has a backslash before * or ", which Sentry cannot search for; write the part before or after it'],
  ],
  'term-blank': [
    [5, 'searchTerms: a text is blank; write something or remove it'],
    [6, 'searchTerms: a text is blank; write something or remove it'],
  ],
  'term-boolean': [
    [4, 'exclude: true is a yes or no; write it in quotes: "true"'],
    [6, 'searchTerms: yes is a yes or no; write it in quotes: "yes"'],
    [7, 'searchTerms: Off is a yes or no; write it in quotes: "Off"'],
  ],
  'term-control': [
    [6, 'searchTerms: "bell\\u0007" has control characters; remove them'],
    [7, 'searchTerms: "c1 \\u0090" has control characters; remove them'],
  ],
  'term-half-character': [
    [5, 'searchTerms: "half \\ud83d" has half a character; write the character itself or both halves of its \\u escape'],
  ],
  'term-line-break': [
    [5, 'searchTerms: "one\\ntwo\\n" has a line break; write it on one line'],
    [8, 'searchTerms: "a\\rb" has a line break; write it on one line'],
    [9, 'searchTerms: "a\\u2028b" has a line break; write it on one line'],
  ],
  'term-map': [
    [5, 'searchTerms: must be a text, not a map; put it in quotes if it has a colon'],
    [6, 'searchTerms: must be a text, not a list; write one text'],
  ],
  'term-null': [
    [5, 'searchTerms: null is an empty value; write it in quotes: "null"'],
    [6, 'searchTerms: an entry is empty; write a text or remove it'],
    [7, 'searchTerms: ~ is an empty value; write it in quotes: "~"'],
  ],
  'term-number': [
    [5, 'searchTerms: 404 is a number; write it in quotes: "404"'],
    [6, 'searchTerms: 1.50 is a number; write it in quotes: "1.50"'],
    [8, 'searchTerms: 0x1F is a number; write it in quotes: "0x1F"'],
  ],
  'term-twice': [
    [4, 'searchTerms: "timeout" is listed twice; remove one'],
  ],
  'top-large': [
    [4, 'top: must be a whole number from 1 to 100; write digits only, without quotes'],
  ],
  'top-level-key': [
    [1, '"filter" is not a key of this file; did you mean filters?'],
    [6, '"version" is not a key of this file; write one of defaults, filters'],
  ],
  'top-list': [
    [4, 'top: must be a whole number from 1 to 100; write digits only, without quotes'],
  ],
  'top-part': [
    [4, 'top: must be a whole number from 1 to 100; write digits only, without quotes'],
  ],
  'top-text': [
    [4, 'top: must be a whole number from 1 to 100; write digits only, without quotes'],
  ],
  'top-zero': [
    [4, 'top: must be a whole number from 1 to 100; write digits only, without quotes'],
  ],
  'unknown-key-far': [
    [4, '"severity" is not a key of a filter; write one of name, projects, environments, levels, searchTerms, exclude, query, tags, top, team, labels, runbook, sinks'],
    [5, '"__proto__" is not a key of a filter; write one of name, projects, environments, levels, searchTerms, exclude, query, tags, top, team, labels, runbook, sinks'],
  ],
  'unknown-key-near': [
    [4, '"search_terms" is not a key of a filter; did you mean searchTerms?'],
    [5, '"enviroments" is not a key of a filter; did you mean environments?'],
    [6, '"tag" is not a key of a filter; did you mean tags?'],
  ],
};

describe('filters files with faults', () => {
  for (const [rule, faults] of Object.entries(BAD)) {
    it(`names line and remedy: ${rule}`, () => {
      const file = `${FOLDER}/bad/${rule}.yaml`;
      const set = load(`bad/${rule}.yaml`);
      assert.deepEqual(set.faults, faults.map(([line, text]) => ({ where: `${file}:${line}`, file, text })));
      assert.deepEqual(set.filters, []);
    });
  }

  it('has an expectation for each fixture', () => {
    assert.deepEqual(fs.readdirSync(`${FOLDER}/bad`).sort(), Object.keys(BAD).map((rule) => `${rule}.yaml`).sort());
  });

  it('accepts the edge of each limit', () => {
    const names = [['a'.repeat(60), 'p'.repeat(100), 'e'.repeat(64), 't'.repeat(200), 'm'.repeat(100), 'k'.repeat(100), 'v'.repeat(4096)]];
    for (const [name, project, environment, tag, team, key, value] of names) {
      const text = `filters: [{ name: ${name}, projects: [${project}], environments: [${environment}], tags: [${tag}], team: ${team}, labels: { ${key}: ${value} }, top: 1 }]`;
      assert.deepEqual(faultsOf(text), []);
    }
  });

  it('refuses what is one past a limit', () => {
    assert.match(faultsOf(ONE.replace('acme-web', 'p'.repeat(101)))[0]?.[1] ?? '', /^projects: .* does not fit/);
    assert.match(faultsOf(`${ONE}    labels: { ${'k'.repeat(101)}: v }`)[0]?.[1] ?? '', /^labels: .* does not fit/);
    assert.match(faultsOf(`${ONE}    query: ${'q'.repeat(4001)}`)[0]?.[1] ?? '', /is longer than 4000 characters/);
  });

  it('judges queries outside quotes only', () => {
    const good = ['a', '(a OR b) c', 'message:"is:x )"', 'this:fine', 'tags[is]:x', 'my_is:1', 'message:"C:\\temp"', 'has:user !has:release', 'x:"a\\"(b"'];
    const bad = [')', '(', '"', 'a "b\\"', '!is:unresolved', '(is:x)', 'FIRSTSEEN:-1d', 'bookmarks:me', 'p95(transaction.duration):<3', '!count():>5'];
    for (const query of good) assert.deepEqual([query, faultsOf(`${ONE}    query: ${JSON.stringify(query)}`)], [query, []]);
    for (const query of bad) assert.deepEqual([query, faultsOf(`${ONE}    query: ${JSON.stringify(query)}`).length], [query, 1]);
  });

  it('tells the first fifty faults of a file and counts the others', () => {
    const faults = faultsOf(`${ONE}    searchTerms:\n${'      - 7\n'.repeat(60)}`);
    assert.equal(faults.length, 51);
    assert.deepEqual(faults[49], [54, 'searchTerms: 7 is a number; write it in quotes: "7"']);
    assert.deepEqual(faults[50], [55, 'and 10 more faults from here on; correct those above first']);
  });
});

describe('good filters files', () => {
  it('fills in what is left out', () => {
    assert.deepEqual(load('good/smallest.yaml').filters, [{ ...PLAIN, name: 'acme', projects: ['acme-web'] }]);
  });

  it('reads every key as written', () => {
    const set = load('good/everything.yml');
    assert.deepEqual(set.faults, []);
    assert.deepEqual(set.filters, [{
      name: 'acme-checkout',
      projects: ['acme-web', 'Acme_API-2'],
      environments: ['production', 'on', '1'],
      levels: ['sample', 'debug', 'info', 'warning', 'error', 'fatal', 'unknown'],
      searchTerms: ['checkout', 'card "declined"', 'SELECT * FROM', 'C:\\temp', ' spaces stay ', 'tab\there', '404', 'größe 👍'],
      exclude: ['health check', '(a) OR b'],
      query: 'release:1.4.* AND (os.name:Linux OR message:"a ) \\" is: count():>5 b") !error.type:TimeoutError',
      tags: ['release', 'os.name', 'device:class'],
      top: 100,
      team: 'Acme & friends',
      labels: { service: 'checkout', version: '1.10', 'on-call': 'true', constructor: 'own', 1: 'one' },
      runbook: 'HTTPS://wiki.example.com/checkout?page=1#top',
      sinks: ['newrelic', 'anodot'],
    }]);
  });

  it('lets a key of a filter replace the default, lists and labels as a whole', () => {
    const set = load('good/defaults.yaml');
    const shared = { ...PLAIN, team: 'web', query: 'release:1.*' };
    assert.deepEqual(set.filters, [
      { ...shared, name: 'as-it-is', projects: ['acme-web'], environments: ['production'], levels: ['error', 'fatal'], top: 5, labels: { service: 'web', tier: '1' } },
      { ...shared, name: 'replaced', projects: ['acme-api'], environments: [], levels: ['warning'], top: 7, labels: { service: 'api' } },
    ]);
  });

  it('says where a key stands, in the filter or in the defaults', () => {
    const { where } = load('good/defaults.yaml');
    assert.equal(where('replaced', 'top'), 'test/fixtures/filters/good/defaults.yaml:15');
    assert.equal(where('as-it-is', 'top'), 'test/fixtures/filters/good/defaults.yaml:5');
    assert.equal(where('replaced', 'runbook'), 'test/fixtures/filters/good/defaults.yaml:11');
    assert.equal(where('as-it-is'), 'test/fixtures/filters/good/defaults.yaml:10');
    assert.equal(where('unheard-of'), 'filter "unheard-of"');
  });

  it('follows anchors', () => {
    const [first, second] = load('good/anchors.yaml').filters;
    assert.deepEqual(first, { ...PLAIN, name: 'first', projects: ['acme-web', 'acme-api'], labels: { service: 'shop' } });
    assert.deepEqual(second, { ...first, name: 'second', searchTerms: ['shop'] });
  });

  it('reads a byte order mark and line ends of Windows', () => {
    assert.deepEqual(load('good/crlf.yaml').filters, [{ ...PLAIN, name: 'acme', projects: ['acme-web'], top: 3 }]);
  });

  it('accepts the example', () => {
    const set = loadFilters([{ path: 'example', text: fs.readFileSync('config/filters.example.yaml', 'utf8') }]);
    assert.deepEqual(set.faults, []);
    assert.deepEqual(set.filters.map(({ name, team }) => [name, team]),
      [['shop-all', 'shop'], ['shop-checkout', 'shop'], ['billing-invoices', 'billing'], ['billing-jobs', 'billing']]);
  });

  it('keeps every allowed term as it is', () => {
    const term = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((text) => text.trim() !== '' && text.isWellFormed() && !/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]|\\["*]|\\$/.test(text));
    fc.assert(fc.property(fc.uniqueArray(term, { minLength: 1, maxLength: 5 }), (terms) => {
      const set = loadFilters([{ path: 'f', text: `${ONE}    searchTerms: [${terms.map((text) => JSON.stringify(text)).join(', ')}]\n` }]);
      assert.deepEqual(set.faults, []);
      assert.deepEqual(set.filters[0]?.searchTerms, terms);
    }), { numRuns: 500 });
  });
});

describe('a folder of filters files', () => {
  const SHOP = 'test/fixtures/filters/team/a-shop.yaml';

  it('runs the good files and names the faults of the others', () => {
    const set = load('team');
    assert.deepEqual(set.filters.map(({ name }) => name), ['shop', 'ops']);
    assert.deepEqual(set.faults, [
      { where: `${FOLDER}/team/b-billing.yml:4`, file: `${FOLDER}/team/b-billing.yml`, text: 'levels: "loud" is not a level; write some of sample, debug, info, warning, error, fatal, unknown' },
      { where: `${FOLDER}/team/c-twin.yaml:5`, file: `${FOLDER}/team/c-twin.yaml`, text: `name: "shop" is taken by the filter in ${SHOP}:2; choose another` },
    ]);
    assert.deepEqual(set.files.map(({ path }) => path.slice(FOLDER.length)), ['/team/a-shop.yaml', '/team/b-billing.yml', '/team/c-twin.yaml', '/team/d-ops.yaml']);
  });

  it('blames the later path, whatever the order of the files', () => {
    const set = loadFilters([{ path: 'z.yaml', text: ONE }, { path: 'a.yaml', text: `# a\n${ONE}` }]);
    assert.deepEqual(set.faults, [{ where: 'z.yaml:2', file: 'z.yaml', text: 'name: "acme" is taken by the filter in a.yaml:3; choose another' }]);
    assert.equal(set.filters.length, 1);
    assert.equal(set.where('acme'), 'a.yaml:3');
  });

  it('takes filters without a name for no twins', () => {
    const text = 'filters:\n  - projects: [a]\n  - projects: [b]\n';
    assert.deepEqual(faultsOf(text).map(([line]) => line), [2, 3]);
  });

  it('takes the slash at the end of a folder for nothing', () => {
    assert.equal(load('team//').where('shop'), `${SHOP}:2`);
  });
});

describe('files that cannot be read', () => {
  const kind = (file: boolean) => ({ isDirectory: () => !file, isFile: () => file });
  const failing = (code: string) => () => { throw Object.assign(new Error(code), { code }); };
  const disk: FilterDisk = { statSync: () => kind(true), readdirSync: () => [], readFileSync: () => Buffer.from(ONE) };

  function faults(path: string, parts: Partial<FilterDisk>) {
    const read = readFilterFiles(path, { ...disk, ...parts });
    assert.deepEqual(read.faults.map(({ where, file }) => [where, file]), read.faults.map(({ file }) => [file, file]));
    return read.faults.map(({ where, text }) => `${where}: ${text}`);
  }

  it('says what to do about a missing file', () => {
    const set = load('none.yaml');
    assert.deepEqual(set.faults, [{ where: `${FOLDER}/none.yaml`, file: `${FOLDER}/none.yaml`,
      text: 'does not exist; copy config/filters.example.yaml to this place, or set FILTERS to another' }]);
    assert.deepEqual(set.files.map(({ path }) => path), [`${FOLDER}/none.yaml`]);
    assert.match(load('good/smallest.yaml/x').faults[0]?.text ?? '', /^does not exist;/);
  });

  it('says what to do about an empty folder', () => {
    const empty = { statSync: () => kind(false), readdirSync: () => ['README.md', '.a.yaml', 'b.yaml.bak', 'yaml'] };
    assert.deepEqual(faults('filters', empty),
      ['filters: has no file *.yaml or *.yml in it; copy config/filters.example.yaml into it, or set FILTERS to another place']);
  });

  it('says which right is missing', () => {
    assert.deepEqual(faults('f.yaml', { statSync: failing('EACCES') }), ['f.yaml: cannot be read (EACCES); check its rights and those of its folder']);
    assert.deepEqual(faults('f.yaml', { readFileSync: failing('EACCES') }), ['f.yaml: cannot be read (EACCES); check its rights and those of its folder']);
    assert.deepEqual(faults('f.yaml', { readFileSync: () => { throw new Error('odd'); } }),
      ['f.yaml: cannot be read (unknown error); check its rights and those of its folder']);
    assert.deepEqual(faults('dir', { statSync: () => kind(false), readdirSync: failing('EPERM') }), ['dir: cannot be read (EPERM); check its rights and those of its folder']);
  });

  it('refuses devices, broken links and other encodings, and reads the other files', () => {
    const folder: Partial<FilterDisk> = {
      readdirSync: () => ['pipe.yaml', 'link.yml', 'latin.yaml', 'good.yaml'],
      statSync: (path) => (path.endsWith('link.yml') ? failing('ENOENT')() : kind(path !== 'dir' && !path.endsWith('pipe.yaml'))),
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
    const rows = Array.from({ length: 9 }, (_, row) => `  a${row + 1}: &a${row + 1} [${Array(9).fill(`*a${row}`).join(', ')}]\n`);
    const laughs = `defaults:\n  a0: &a0 [ha]\n${rows.join('')}${ONE}`;
    assert.deepEqual(faultsOf(laughs), [[11, 'uses aliases (*) too often; write the values out']]);
  });

  it('refuses the hundred and first alias', () => {
    const many = (count: number) => `${ONE}    team: &a acme\n    runbook: &b https://example.com\n    tags: [${Array(count).fill('*a, *b').join(', ')}]\n`;
    assert.deepEqual(faultsOf(many(51)), [[6, 'uses aliases (*) too often; write the values out']]);
    assert.equal(faultsOf(many(50))[1]?.[1], 'tags: "acme" is listed twice; remove one');
  });

  it('survives an alias of itself', () => {
    assert.deepEqual(faultsOf('filters: &a\n  - *a\n'), [[2, 'a filter must be a map of keys; write name: and projects: under the hyphen']]);
  });

  it('refuses deep nesting and more than 1 MiB', () => {
    for (const opening of ['[', '{a: ', '- ', '? ', '[? ']) assert.deepEqual(faultsOf(opening.repeat(21)), [[1, NESTED]]);
    assert.deepEqual(faultsOf('['.repeat(20_000)), [[1, NESTED]]);
    assert.deepEqual(faultsOf(`${ONE}    team: ${'['.repeat(15)}${']'.repeat(15)}`), [[4, 'team: must be a text, not a list; write one text']]);
    assert.deepEqual(faultsOf(`${ONE}#${'ö'.repeat(524_288)}`), [[1, 'is larger than 1 MiB; split it into several files in a folder']]);
    assert.deepEqual(faultsOf(`${ONE}#${'x'.repeat(1024 * 1024 - ONE.length - 1)}`), []);
  });

  it('compares a hundred thousand keys in reasonable time', function () {
    this.timeout(20_000);
    const faults = faultsOf(`${ONE}${Array.from({ length: 100_000 }, (_, index) => `k${index}: 1\n`).join('')}`);
    assert.equal(faults.at(-1)?.[1], 'and 99950 more faults from here on; correct those above first');
  });

  it('never shows long values whole', () => {
    const long = '9'.repeat(1000);
    for (const text of [`${ONE}    team: ${long}`, `${ONE}    levels: ${long}`, `${ONE}    top: ${long}`, `${ONE}    ${long}: 1`, `${ONE}    team: *${long}`]) {
      for (const [, fault] of faultsOf(text)) assert.ok(fault.length < 300, fault);
    }
  });

  it('leaves prototypes alone', () => {
    faultsOf(`defaults:\n  __proto__: { polluted: 1 }\n  labels: { __proto__: polluted }\n${ONE}__proto__: { polluted: 1 }\n`);
    const { filters } = loadFilters([{ path: 'f', text: `${ONE}    labels: { constructor: a, toString: b }` }]);
    assert.equal(Object.getPrototypeOf(filters[0]?.labels), Object.prototype);
    assert.deepEqual(Object.entries(filters[0]?.labels ?? {}), [['constructor', 'a'], ['toString', 'b']]);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.deepEqual(faultsOf(`${ONE}    hasOwnProperty: 1\n    toString: 2`).map(([line]) => line), [4, 5]);
  });
});

describe('objections to filters', () => {
  const two = 'filters:\n  - name: crm\n    projects: [a]\n    sinks: [newrelic, pager, mail]\n  - name: web\n    projects: [b]\n    tags: [os]\n';
  const set = loadFilters([{ path: 'a.yaml', text: ONE }, { path: 'b.yaml', text: two }]);

  it('name sinks that are not enabled', () => {
    assert.deepEqual(vetSinks(set, ['newrelic', 'anodot']), [
      { filter: 'crm', key: 'sinks', text: '"pager" is not an enabled sink; write some of newrelic, anodot, or enable it' },
      { filter: 'crm', key: 'sinks', text: '"mail" is not an enabled sink; write some of newrelic, anodot, or enable it' },
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
    assert.deepEqual(less.filters.map(({ name }) => name), ['acme']);
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
    assert.deepEqual(twice.faults.map(({ where }) => where), ['a.yaml:2', 'b.yaml:7']);
    assert.deepEqual(twice.filters, []);
    assert.deepEqual(withComplaints(set, []).filters, set.filters);
  });
});
