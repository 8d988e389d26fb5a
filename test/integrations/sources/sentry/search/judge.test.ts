import assert from 'node:assert/strict';
import { judge } from '../../../../../src/integrations/sources/sentry/search/judge.ts';
import { filterOf } from '../../../../support/build/reports.ts';

/** Which words the refusal or warning must hold; by hand from what Sentry's own parser does (docs/sentry-search.md). */
type Table = readonly (readonly [query: string, words: string])[];

const REFUSED: Table = [
  // Leaves our parentheses: a quote inside a word is text.
  ['a" ) OR ( "b', 'has a ) that closes nothing (a quote inside a word quotes nothing)'],
  ['a) (b', 'has a ) that closes nothing;'],
  ['a)', 'has a ) that closes nothing;'],
  ['level:error )', 'has a ) that closes nothing;'],
  ['(a', 'has a ( that is not closed;'],
  ['a (b', 'has a ( that is not closed;'],
  ['x (a OR b', 'has a ( that is not closed;'],
  ['( )', 'has parentheses with nothing in them'],
  ['!")"', 'has a ) that closes nothing (a quote inside a word quotes nothing)'],
  // No condition.
  ['or', 'is no condition at all'],
  ['OR', 'is no condition at all'],
  ['and', 'is no condition at all'],
  ['""', 'is no condition at all'],
  ['("")', 'is no condition at all'],
  ['(or)', 'is no condition at all'],
  ['has:project', 'is no condition at all'],
  ['!project:nope', 'is no condition at all'],
  // 400.
  ['foo OR', 'has "OR" without a condition on each side'],
  ['OR foo', 'has "OR" without a condition on each side'],
  ['a AND', 'has "AND" without'],
  ['a or and b', 'has "or" without'],
  ['(a OR) b', 'has "OR" without'],
  ['"" or x', 'has "or" without'],
  ['foo OR ""', 'has "OR" without'],
  ['foo OR ("")', 'has "OR" without'],
  ['k:', '"k:" has nothing behind the colon'],
  ['error: boom', '"error:" has nothing behind the colon'],
  ['k:>', '"k:>" has nothing behind the colon'],
  ['k:(a)', '"k:" has nothing behind the colon'],
  ['k:a"b', '"k:a\\"b" has a quote inside its value'],
  ['k:"a b', '"k:\\"a" has a quote inside its value'],
  ['release:[1.0, ]', '"release:[1.0, ]" has an empty place in its list'],
  ['k:[a,]', '"k:[a,]" has an empty place in its list'],
  ['has:"a b"', '"has:\\"a b\\"" names no key'],
  ['has:', '"has:" names no key'],
  ['!has:*a', '"!has:*a" names no key'],
  ['id:abc', 'id takes an id of 32 hex digits'],
  ['id:[0123456789abcdef0123456789abcdef, abc]', 'id takes an id of 32 hex digits'],
  ['trace:abc*', 'trace takes an id of 32 hex digits'],
  ['profile.id:1', 'profile.id takes an id of 32 hex digits'],
  ['replay.id:x', 'replay.id takes an id of 32 hex digits'],
  ['trace.span:0123456789abcdef0', 'trace.span takes 16 hex digits'],
  ['issue.id:abc', 'issue.id takes a number'],
  ['issue.id:"5"', 'issue.id takes a number'],
  ['issue.id:5h', 'issue.id takes a number'],
  ['!issue.id:[5, x]', 'issue.id takes a number'],
  ['project.id:web', 'project.id takes a number'],
  ['stack.lineno:abc', 'stack.lineno takes a number'],
  ['stack.lineno:>abc', 'stack.lineno takes a number'],
  ['stack.colno:1*', 'stack.colno takes a number'],
  ['stack.stack_level:x', 'stack.stack_level takes a number'],
  ['error.handled:yes', 'error.handled takes true or false'],
  ['error.handled:"true"', 'error.handled takes true or false'],
  ['error.unhandled:[true, false]', 'error.unhandled takes true or false'],
  ['stack.in_app:2', 'stack.in_app takes true or false'],
  ['error.main_thread:>0', 'error.main_thread takes true or false'],
  ['error.received:yesterday', 'error.received takes a date'],
  ['error.received:2026-13-01', 'error.received takes a date'],
  ['!error.received:2026-01-01', 'error.received takes a date'],
  ['is:new', 'is takes one of resolved, unresolved, ignored, archived, muted, reprocessing'],
  ['!is:assigned', 'is takes one of'],
  ['is:[resolved, ignored]', 'is takes one of'],
  ['!is:2026-01-01', 'is takes one of'],
  ['!is:-5d', 'is takes one of'],
  ['issue.id:-10m', 'issue.id takes a number'],
  ['tags[t]:5,"', 'has a quote inside its value'],
  ['id:>""', 'id takes an id of 32 hex digits'],
  ['trace.span:<0123456789abcdef', 'trace.span takes 16 hex digits'],
  ['status:bogus', 'status takes one of'],
  ['project:other', '"other" is not among the projects of the filter'],
  ['project:[acme-web, other]', '"other" is not among the projects of the filter'],
  ['project.name:acme-*', '"acme-*" is not among the projects of the filter'],
  ['count():>5', '"count():>5" is a condition on a count'],
  ['level:error !count_unique(user):1', 'is a condition on a count'],
  // The window is ours.
  ['timestamp:>2026-01-01', 'the window is ours'],
  ['!timestamp:2025-01-01', 'the window is ours'],
  ['timestamp:-1h', 'the window is ours'],
  ['time:2026-01-01', 'the window is ours'],
  ['timestamp.to_day:2026-01-01', 'the window is ours'],
  ['start:2026-01-01', 'the window is ours'],
  ['end:2026-01-01', 'the window is ours'],
  // Of issues only.
  ...'age first_seen firstSeen last_seen lastSeen times_seen timesSeen date event.timestamp first_release first-release'
    .concat(' firstRelease regressed_in_release assigned assigned_to assigned_or_suggested bookmarks bookmarked_by')
    .concat(' subscribed for_review substatus issue.priority issue.category issue.type issue.seer_actionability')
    .split(' ')
    .flatMap((key): Table => {
      const words = `is for searches of issues; with events it would look for a tag "${key}"`;
      return [
        [`${key}:x`, words],
        [`level:error (a OR !${key}:>5)`, words],
        [`has:${key}`, words],
        [`"${key}":[a,b]`, words],
      ];
    }),
];

const WARNED: Table = [
  ['NOT a', 'Sentry looks for the text "NOT a" as it stands: NOT is no operator'],
  ['level:error NOT a', 'Sentry looks for the text "NOT a"'],
  ['!(a OR b)', 'Sentry looks for the text "!" as it stands: ! negates a key only'],
  ['!(a)', 'Sentry looks for the text "!(a)" as it stands: ! negates a key only'],
  ['!timeout', 'Sentry looks for the text "!timeout"'],
  ['-level:error', 'is a condition on a tag "-level"; write ! to negate: !level:error'],
  ['foo "bar baz"', 'Sentry looks for the text "foo \\"bar baz\\"" as it stands: quotes enclose'],
  ['"foo bar', 'Sentry looks for the text "\\"foo bar" as it stands: quotes enclose'],
  ['b"(a")', 'Sentry looks for the text "b\\"(a\\")"'],
  ['foo (bar)', 'Sentry looks for the text "foo (bar)" as it stands: parentheses'],
  ['f()', 'Sentry looks for the text "f()"'],
  ['a\tOR b', 'a tab does not separate words'],
  ['tags[a b]:x', 'a tag is written tags[name]:value'],
  ['tags["a"]:x', 'a tag is written tags[name]:value'],
  ['level:error ""', '"\\"\\"" is no condition, and Sentry ignores it'],
  ['level:error (or)', '"(or)" is no condition, and Sentry ignores it'],
  ['level:error !project:nope', '"!project:nope" is no condition'],
  ['level:error has:project.name', '"has:project.name" is no condition'],
  ['release:[a b]', '"release:[a" is no list: Sentry takes "[a" for the value'],
  ['release:[ a ]', '"release:[" is no list'],
  ['k:[]', '"k:[]" is no list'],
  ['12:30', '"12:30" is a condition on a tag "12"'],
  ['http://example.com', '"http://example.com" is a condition on a tag "http"'],
  ['has:5', '"has:5" is a condition on a tag "has"'],
  ['has:a:b', '"has:a" ends here for Sentry'],
  ['k:"a"b', '"k:\\"a\\"" ends here for Sentry'],
  ['k:5,6', '"k:5" ends here for Sentry'],
  ['"a"b', 'ends where its quotes end'],
  ['level:>error', 'compares nothing: Sentry takes ">error" for the value'],
  ['release:>1.0', 'compares nothing: Sentry takes ">1.0" for the value; write release.version:'],
  ['foo:>5', 'compares nothing'],
  ['foo:5k', 'is no amount: Sentry takes "5k" for the value as it stands'],
  ['foo:10m', 'is no amount'],
  ['!release:[1.*, 2.0]', 'leaves out nearly nothing on newer servers'],
  ['environment:prod*', 'finds nothing on older servers'],
  ['message:[a, b]', 'finds only messages equal to an entry'],
  ['title:"C:\\temp*"', 'has a star, and beside it a backslash is not looked for'],
  ['is:unresolved', 'asks for the state at the time of asking'],
  ['!is:archived', 'asks for the state at the time of asking'],
  ['status:[resolved, muted]', 'asks for the state at the time of asking'],
  ['release:latest', 'asks for the state at the time of asking'],
];

/** Nothing to say of these. */
const GOOD: readonly string[] = [
  'level:error',
  'timeout',
  'connection reset by peer',
  '"health check (internal)"',
  'release:1.4.* OR has:user',
  'release:[1.0, "2.0 beta"]',
  '!release:[1.0, 2.0]',
  '(level:error OR level:fatal) !message:"x"',
  'a OR (b c:d)',
  'message:"a \\"b\\" (c"',
  '"a" "b"',
  'transaction:"/a/(b)/"',
  'transaction:/api/v1/*',
  'url:"https://example.com/*"',
  'error.type:TypeError error.value:"*of null*"',
  'error.handled:FALSE stack.in_app:1 error.unhandled:true',
  'issue.id:5k project.id:[1, 2] stack.lineno:>=10 !issue.id:7',
  'id:0123456789abcdef0123456789ABCDEF trace:01234567-89ab-cdef-0123-456789abcdef',
  'trace.span:0123456789abcdef has:trace.span has:id !has:error.handled',
  'error.received:>2026-01-31T10:00:00 error.received:-1h',
  'project:acme-web !project:acme-web',
  'tags[age]:5 tags[first_seen]:x flags[new-checkout]:true',
  'release.version:>1.0 release.build:<=5',
  'level:!=error level:=error user.id:5',
  'title:"C:\\\\temp*" path:C:\\temp\\',
  'key:a\\"b',
  'or_not:a order and1',
  'say a:b=c x:y:z',
];

const faults = (query: string): readonly string[] => judged(query).faults.map(({ text }) => text);
const warnings = (query: string): readonly string[] => judged(query).warnings.map(({ text }) => text);

function judged(query: string): ReturnType<typeof judge> {
  return judge([filterOf({ name: 'it', projects: ['acme-web'], query })]);
}

describe('what is said of a query without asking Sentry', () => {
  for (const [query, words] of REFUSED)
    it(`refused: ${query}`, () => {
      assert.equal(faults(query).length, 1);
      assert.ok(faults(query)[0]!.includes(words), faults(query)[0]);
      assert.deepEqual(warnings(query), []);
    });

  for (const [query, words] of WARNED)
    it(`warned of: ${query}`, () => {
      assert.deepEqual(faults(query), []);
      assert.ok(
        warnings(query).some((it) => it.includes(words)),
        JSON.stringify(warnings(query)),
      );
    });

  for (const query of GOOD)
    it(`nothing of: ${query}`, () => assert.deepEqual(judged(query), { faults: [], warnings: [] }));

  it('names filter and key', () => {
    assert.deepEqual(
      [...judged('k:').faults, ...judged('NOT a').warnings].map(({ filter, key }) => [filter, key]),
      [
        ['it', 'query'],
        ['it', 'query'],
      ],
    );
  });

  it('reads four thousand parentheses', () => {
    for (const query of [
      '('.repeat(4000),
      '(a '.repeat(1333),
      `${'('.repeat(1999)}a${')'.repeat(1999)}`,
      'a ('.repeat(1333),
    ])
      judged(query);
  });
});
