import assert from 'node:assert/strict';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import {
  searchOf,
  sentryTime,
  splitsBy,
  tableParams,
  tagField,
} from '../../../../../src/integrations/sources/sentry/api/query.ts';
import { sentry } from '../../../../../src/integrations/sources/sentry/index.ts';
import { filterOf, WINDOW } from '../../../../support/build/reports.ts';

/** By hand from Sentry's grammar. */
const TABLE: readonly (readonly [string, Partial<Filter>, string])[] = [
  ['nothing: everything', {}, ''],
  ['a word', { searchTerms: ['timeout'] }, 'message:"timeout"'],
  ['two terms: any of them', { searchTerms: ['a', 'b'] }, '(message:"a" OR message:"b")'],
  ['three terms', { searchTerms: ['a', 'b', 'c d'] }, '(message:"a" OR message:"b" OR message:"c d")'],
  ['quotes', { searchTerms: ['He said "no"'] }, 'message:"He said \\"no\\""'],
  ['a star', { searchTerms: ['SELECT * FROM'] }, 'message:"SELECT \\* FROM"'],
  ['stars and quotes', { searchTerms: ['**"'] }, 'message:"\\*\\*\\""'],
  ['a backslash, which is literal without wildcards', { searchTerms: ['C:\\temp'] }, 'message:"C:\\temp"'],
  ['or', { searchTerms: ['or'] }, 'message:"or"'],
  ['AND', { searchTerms: ['a AND b'] }, 'message:"a AND b"'],
  ['is:unresolved', { searchTerms: ['is:unresolved'] }, 'message:"is:unresolved"'],
  ['a key', { searchTerms: ['level:error'] }, 'message:"level:error"'],
  ['a negation', { searchTerms: ['!x'] }, 'message:"!x"'],
  [
    'an event id of 32 hex digits',
    { searchTerms: ['9fac2ceed9344f2bbfdd1fdacb0ed9b1'] },
    'message:"9fac2ceed9344f2bbfdd1fdacb0ed9b1"',
  ],
  ['brackets and signs', { searchTerms: ['( ) : , [ ] # & + % ?'] }, 'message:"( ) : , [ ] # & + % ?"'],
  ['no case to speak of', { searchTerms: ['名前 😀 —'] }, 'message:"名前 😀 —"'],
  [
    'many of them: as it is usually written',
    { searchTerms: ['ошибка оплаты'] },
    '(message:"ошибка оплаты" OR message:"Ошибка Оплаты" OR message:"Ошибка оплаты" OR message:"ОШИБКА ОПЛАТЫ")',
  ],
  ['one of them left out', { exclude: ['é'] }, '!message:"é" !message:"É"'],
  ['a backslash before a quote', { searchTerms: ['a\\"b'] }, 'message:"a\\\\"b"'],
  ['a backslash at its end', { searchTerms: ['C:\\temp\\'] }, 'message:"C:\\\\temp\\\\*"'],
  ['a backslash before a star', { searchTerms: ['C:\\*.t'] }, 'message:"C:\\\\\\*.t*"'],
  ['two of them before a star, which are literal', { searchTerms: ['\\\\*'] }, 'message:"\\\\\\*"'],
  ['one level', { levels: ['error'] }, 'level:error'],
  ['two levels', { levels: ['error', 'fatal'] }, '(level:error OR level:fatal)'],
  ['what is left out: each of it', { exclude: ['a "b"', 'c*'] }, '!message:"a \\"b\\"" !message:"c\\*"'],
  ['a query of their own, in parentheses', { query: 'release:1.4.* OR has:user' }, '(release:1.4.* OR has:user)'],
  [
    'all of it together',
    { levels: ['error', 'fatal'], searchTerms: ['a', 'b'], exclude: ['c'], query: 'x:y OR z:w' },
    '(level:error OR level:fatal) (message:"a" OR message:"b") !message:"c" (x:y OR z:w)',
  ],
];

describe('the search of a filter', () => {
  for (const [name, given, search] of TABLE)
    it(`with ${name}: ${search}`, () => assert.equal(searchOf(filterOf(given)), search));

  it('with letters outside ASCII asks for each of their cases: Sentry knows the case of A to Z only', () => {
    const asked = (term: string): readonly string[] =>
      [...searchOf(filterOf({ searchTerms: [term] })).matchAll(/message:"([^"]*)"/g)].map(([, text]) => text!).sort();
    assert.deepEqual(asked('Über'), ['Über', 'über']);
    assert.deepEqual(asked('ä und Ö'), ['Ä und Ö', 'Ä und ö', 'ä und Ö', 'ä und ö'].sort());
    assert.deepEqual(asked('Maß'), ['Mass', 'Maß', 'Maẞ'].sort());
    assert.deepEqual(asked('ΑΣ'), ['ΑΣ', 'Ας', 'ας', 'αΣ', 'Ασ', 'ασ'].filter((it) => !it.endsWith('ς')).sort());
  });

  it('as it is written when all forms would make the request too long, and says so', () => {
    const searchTerms = Array.from({ length: 40 }, (_, index) => `ошибка ${index}`);
    const filter = filterOf({ searchTerms });
    assert.equal(searchOf(filter).split('message:').length - 1, 40);
    assert.deepEqual(
      sentry.judge([filter]).warnings.map(({ key, text }) => [key, text.split(';')[0]]),
      [['searchTerms', 'the request has no room for all written forms of letters outside ASCII']],
    );
    assert.deepEqual(sentry.judge([filterOf({ searchTerms: searchTerms.slice(0, 3) })]).warnings, []);
  });

  it('does not hold projects and environments: they are parameters', () => {
    assert.equal(searchOf(filterOf({ projects: ['a', 'b'], environments: ['production'] })), '');
  });
});

describe('the parameters of a table', () => {
  it('are dataset, fields, query, dates, projects, environments, a total order, and the page size', () => {
    const columns = splitsBy(['release', 'os.name']);
    assert.deepEqual(
      tableParams(columns, { query: 'q', projectIds: ['1', '2'], environments: ['a', 'b'], window: WINDOW }),
      [
        ['dataset', 'errors'],
        ['field', 'issue.id'],
        ['field', 'project.id'],
        ['field', 'release'],
        ['field', 'tags[os.name]'],
        ['field', 'count()'],
        ['query', 'q'],
        ['start', '2026-11-20T10:00:00'],
        ['end', '2026-11-20T10:05:00'],
        ['project', '1'],
        ['project', '2'],
        ['environment', 'a'],
        ['environment', 'b'],
        ['sort', '-count()'],
        ['sort', 'issue.id'],
        ['sort', 'release'],
        ['sort', 'tags[os.name]'],
        ['per_page', '100'],
      ],
    );
  });

  it('have dates in UTC, whole seconds, without zone', () => {
    assert.equal(sentryTime(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), '2026-01-02T03:04:05');
  });

  for (const [tag, field] of [
    ['release', 'release'],
    ['environment', 'environment'],
    ['level', 'level'],
    ['user', 'user'],
    ['transaction', 'transaction'],
    ['platform', 'platform'],
    ['dist', 'dist'],
    ['os.name', 'tags[os.name]'],
    ['title', 'title'],
    ['error.type', 'error.type'],
    ['stack.filename', 'stack.filename'],
    ['user.email', 'user.email'],
    ['geo.city', 'geo.city'],
    ['device.class', 'device.class'],
    ['http.url', 'http.url'],
    ['trace.span', 'trace.span'],
    ['url', 'tags[url]'],
    ['handled', 'tags[handled]'],
    ['device', 'tags[device]'],
    ['user.name', 'tags[user.name]'],
    ['error', 'tags[error]'],
  ] as const) {
    it(`ask for the tag ${tag} as ${field}`, () => assert.equal(tagField(tag), field));
  }
});

describe('what Sentry would refuse', () => {
  const vet = (given: Partial<Filter>, env: Record<string, string> = {}): readonly string[] =>
    sentry
      .read({ SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: 'token-0123456789', ...env })
      .vet([filterOf(), filterOf({ name: 'it', ...given })])
      .map(({ filter, key, text }) => `${filter} ${key}: ${text}`);
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index}`);

  it('more than 17 tags: with three columns of ours they are more than 20 fields', () => {
    assert.deepEqual(vet({ tags: names(17) }), []);
    assert.deepEqual(vet({ tags: names(18) }), [
      'it tags: 18 tags; Sentry counts by at most 17 together, so remove some',
    ]);
  });

  it('a request line above 4 kB is named with its bytes, exactly', () => {
    // /api/0/organizations/acme/events/? with its host has 51 bytes, a cursor 40, rows without terms 228.
    const room = 4096 - 51 - 40 - 228 - 'message%3A%22%22'.length;
    assert.deepEqual(vet({ searchTerms: ['x'.repeat(room)] }), []);
    assert.deepEqual(vet({ searchTerms: ['x'.repeat(room + 1)] }), [
      'it searchTerms: the request would take 4097 bytes, 4096 are safe; split the filter, or use fewer projects and shorter terms',
    ]);
  });

  it('bytes are counted as they go out: percent-encoded', () => {
    assert.equal(vet({ exclude: ['😀'.repeat(320)] })[0]?.slice(0, 16), 'it searchTerms: ');
    assert.deepEqual(vet({ exclude: ['x'.repeat(320)] }), []);
  });

  it('too many projects are named as such; an address with a longer path counts', () => {
    const projects = Array.from({ length: 145 }, (_, index) => `p${index}`);
    assert.deepEqual(vet({ projects }), []);
    assert.match(
      vet({ projects }, { SENTRY_URL: `https://sentry.example.com/${'p'.repeat(300)}` })[0]!,
      /^it projects: the request would take \d+ bytes/,
    );
  });

  it('tags count with each place they stand in', () => {
    assert.match(
      vet({ tags: names(10).map((name) => name + 'x'.repeat(190)) })[0]!,
      /^it projects: the request would take/,
    );
  });
});
