import assert from 'node:assert/strict';
import { compilePattern } from '../../../../src/platform/patterns.ts';
import { readLog } from '../../../support/logs/read.ts';

/** Texts without a traceback that a person would call one thing. */
const TOGETHER: readonly (readonly [string, string])[] = [
  ['<User object at 0x7f3a2b1c>', '<User object at 0x7f99aa00>'],
  ['order 1234 failed', 'order 99 failed'],
  ['course_id: abc123def not found', 'course_id: 9f8e7d6c not found'],
  ['/media/uploads/2024/05/report-a.pdf missing', '/media/uploads/2025/01/report-b.pdf missing'],
  ['Key (id)=(42) already exists', 'Key (id)=(43) already exists'],
  ['Key (email)=(a@x.org) already exists', 'Key (email)=(bob@y.org) already exists'],
  ["invalid literal for int() with base 10: 'x1'", "invalid literal for int() with base 10: 'zz9'"],
  ['Failed to load chunk index-DbQ2xY9p.js', 'Failed to load chunk index-K9sLm2Qa.js'],
  ['connect 10.0.0.1:5432 refused', 'connect 10.0.0.2:5433 refused'],
  ['at line 1 column 190', 'at line 1 column 300'],
  ['token eyJhbGciOi.abc.def expired', 'token eyJhbGciOj.xyz.uvw expired'],
  ['took 0.25s at 2026-11-29 00:08:41,177', 'took 12.5s at 2026-11-30 10:18:00'],
  ['cannot reach db1.example.com:5432', 'cannot reach db22.example.com:5433'],
];
const APART: readonly (readonly [string, string])[] = [
  ['HTTP 404 from billing', 'HTTP 500 from billing'],
  ["column 'price' does not exist", "column 'amount' does not exist"],
  ["KeyError: 'user_id'", "KeyError: 'order_id'"],
  ["'NoneType' object has no attribute 'email'", "'NoneType' object has no attribute 'profile'"],
  ['exit code 137', 'exit code 1'],
  ['timeout after 30s', 'timeout after 5s calling B'],
  ['duplicate key violates unique constraint "users_pkey"', 'duplicate key violates unique constraint "orders_pkey"'],
  ['errno 28', 'errno 104'],
  ['cannot open api.example.com', 'cannot open db.example.com'],
  ['line one\nsame\nA', 'line one\nsame\nB'],
  ["('there is no such user',)", "('there is no such course',)"],
];
const MERGE = [compilePattern(String.raw`User \w+ not found`)];

type Trace = readonly (readonly [string, string])[];

function issueOf(message: string, lines: readonly string[] = [], more = {}): string {
  const log = [`ERROR 2026-11-29 00:00:00,000 acme 1 2 ${message}`, ...lines].join('\n');
  const { events } = readLog(log, { rules: { grouping: { merge: [], keep: [], ...more } } });
  assert.equal(events.length, 1);
  return events[0]!.issueId;
}

function trace(frames: Trace, final: string): readonly string[] {
  const calls = frames.map(([path, name], n) => `  File "${path}", line ${n + 1}, in ${name}`);
  return ['Traceback (most recent call last):', ...calls, final];
}

describe('issues of texts', () => {
  for (const [one, other] of TOGETHER)
    it(`are one: ${one} · ${other}`, () => assert.equal(issueOf(one), issueOf(other)));
  for (const [one, other] of APART)
    it(`are two: ${one} · ${other}`, () => assert.notEqual(issueOf(one), issueOf(other)));

  it('are one by a pattern of the intake, where nothing in the text says so', () => {
    const [one, other] = ['User ivan not found', 'User maria not found'];
    assert.notEqual(issueOf(one), issueOf(other));
    assert.equal(issueOf(one, [], { merge: MERGE }), issueOf(other, [], { merge: MERGE }));
    assert.notEqual(issueOf(one, [], { merge: MERGE }), issueOf('no cart', [], { merge: MERGE }));
  });

  it('are two by a pattern of the intake', () => {
    const keep = [compilePattern(String.raw`shop \d+`)];
    const frames = trace([['/srv/acme/shop/cart.py', 'total']], 'ValueError: x');
    for (const lines of [[], frames]) {
      assert.equal(issueOf('no cart in shop 1', lines), issueOf('no cart in shop 2', lines));
      assert.notEqual(issueOf('no cart in shop 1', lines, { keep }), issueOf('no cart in shop 2', lines, { keep }));
    }
  });
});

const OWN: Trace = [['/srv/acme/shop/cart.py', 'total']];
const GO = (depth: number): Trace => [
  ...OWN,
  ...Array.from({ length: depth }, () => ['/srv/acme/shop/a.py', 'go'] as const),
];
const CHAIN = (cause: string): readonly string[] => [
  ...trace([['/srv/acme/shop/db.py', 'load']], cause),
  '',
  'During handling of the above exception, another exception occurred:',
  '',
  ...trace(OWN, 'acme.AppError: it failed'),
];

/** Pairs with tracebacks: what it is, the two, and whether they are one issue. */
const TRACES: readonly (readonly [string, readonly string[], readonly string[], boolean])[] = [
  ['another text', trace(OWN, 'ValueError: a'), trace(OWN, 'ValueError: b'), true],
  ['a line moved', trace(OWN, 'E: x'), trace(OWN, 'E: x').map((line) => line.replace('line 1,', 'line 90,')), true],
  [
    'another environment of packages',
    trace([['/srv/a/venv/lib/python3.11/site-packages/django/x.py', 'go']], 'E'),
    trace([['/opt/env-b/lib/python3.13/site-packages/django/x.py', 'go']], 'E'),
    true,
  ],
  [
    'another depth of a recursion',
    trace(GO(3), 'RecursionError: x'),
    [...trace(GO(3), '').slice(0, -1), '  [Previous line repeated 987 more times]', 'RecursionError: x'],
    true,
  ],
  [
    'another depth of two that call each other',
    trace([...GO(1), ...OWN, ...GO(1)], 'E'),
    trace([...GO(1), ...OWN], 'E'),
    true,
  ],
  [
    'another build',
    trace([['/srv/acme/3f2a9c1d/shop/cart.py', 'total']], 'E'),
    trace([['/srv/acme/99ab0c1e/shop/cart.py', 'total']], 'E'),
    true,
  ],
  [
    'another release folder',
    trace([['/srv/acme/releases/20261129/cart.py', 'total']], 'E'),
    trace([['/srv/acme/releases/20261130/cart.py', 'total']], 'E'),
    true,
  ],
  [
    'another language',
    trace(OWN, 'OSError: [Errno 2] No such file'),
    trace(OWN, 'OSError: [Errno 2] Datei fehlt'),
    true,
  ],
  [
    'other calls of a library under the same own ones',
    trace([...OWN, ['/usr/lib/python3.11/json/decoder.py', 'decode']], 'E'),
    trace([...OWN, ['/usr/lib/python3.13/json/scanner.py', 'scan']], 'E'),
    true,
  ],
  [
    'comprehensions, which newer versions do not show',
    trace([...OWN, ['/srv/acme/shop/cart.py', '<listcomp>']], 'E'),
    trace(OWN, 'E'),
    true,
  ],
  ['another cause', CHAIN('KeyError: 1'), CHAIN('ValueError: 1'), false],
  ['no cause', CHAIN('KeyError: 1'), trace(OWN, 'acme.AppError: it failed'), false],
  ['another exception in the same place', trace(OWN, 'KeyError: 1'), trace(OWN, 'ValueError: 1'), false],
  ['another function', trace(OWN, 'E: x'), trace([['/srv/acme/shop/cart.py', 'count']], 'E: x'), false],
  [
    "other calls of a library, with none of one's own",
    trace([['/usr/lib/python3.11/json/decoder.py', 'decode']], 'E'),
    trace([['/usr/lib/python3.11/json/scanner.py', 'scan']], 'E'),
    false,
  ],
];

describe('issues of tracebacks', () => {
  for (const [what, one, other, isOne] of TRACES)
    it(`are ${isOne ? 'one' : 'two'}: ${what}`, () => {
      assert.equal(issueOf('failed', one) === issueOf('failed', other), isOne);
    });

  it("are one for the same statement of one's own that logs, and by text for a library's", () => {
    const at = (path: string, text: string): string =>
      readLog(`ERROR 2026-11-29 00:00:00 ${path} module 62 ${text}`).events[0]!.issueId;
    const [own, library] = ['/srv/acme/shop/log.py', '/usr/lib/python3/site-packages/django/utils/log.py'];
    assert.equal(at(own, 'no such course: undefined'), at(own, 'no such course: 测试'));
    assert.notEqual(at(own, 'x'), at('/srv/acme/shop/other.py', 'x'));
    assert.notEqual(at(library, 'Not Found'), at(library, 'Service Unavailable'));
  });
});
