import assert from 'node:assert/strict';
import { judgeRange, type RangeWork } from '../../../src/core/backfill/range-verdict.ts';
import type { Filled, Missing } from '../../../src/core/model/aftermath.ts';
import type { Verdict } from '../../../src/core/model/verdict.ts';

const OK: Verdict = { http: 200, status: 'ok', sent: 'all', outcome: 'ok' };
const HELD: Verdict = { http: 202, status: 'in hand', sent: 'none', outcome: 'ok' };
const PART: Verdict = { http: 502, status: 'partial', sent: 'some', outcome: 'partial' };
const BAD: Verdict = { http: 502, status: 'failed', sent: 'none', outcome: 'failed' };
const MAYBE: Verdict = { http: 502, status: 'failed', sent: 'unknown', outcome: 'failed' };
const UNREAD: Verdict = { http: 503, status: 'failed', sent: 'none', outcome: 'failed' };
const ONE: Missing = { filter: 'a', sink: 'one', start: 0, held: false, kept: false };
const LATE = { sink: 'one', reports: 1, from: 0, to: 300_000 };

function judged(verdicts: readonly Verdict[], given: Partial<RangeWork> = {}): string {
  const windows = verdicts.map((verdict): Filled => ({
    window: { start: 0, end: 300_000 },
    reports: 1,
    unread: 0,
    sinks: {},
    error: null,
    verdict,
  }));
  const { http, status, sent } = judgeRange({
    windows,
    rest: { missing: [], stopped: null },
    held: [],
    tooOld: [],
    ...given,
  });
  return `${http} ${status} ${sent}`;
}

describe('what a span of windows came to', () => {
  for (const [what, verdicts, given, text] of [
    ['nothing was missing', [], {}, '200 ok all'],
    ['all of it is delivered', [OK, OK], {}, '200 ok all'],
    ['another server has some', [OK, HELD], {}, '202 in hand some'],
    ['another server has all', [], { held: [ONE] }, '202 in hand none'],
    ['one window failed', [OK, BAD], {}, '502 partial some'],
    ['all failed', [BAD, BAD], {}, '502 failed none'],
    ['one may have arrived', [MAYBE], {}, '502 failed unknown'],
    ['one arrived in part', [PART], {}, '502 partial some'],
    ['nothing could be read', [UNREAD, UNREAD], {}, '503 failed none'],
    [
      'nothing could be read, and the rest was left',
      [UNREAD],
      { rest: { missing: [ONE], stopped: 'trouble' } },
      '503 failed none',
    ],
    ['some could not be read', [OK, UNREAD], {}, '502 partial some'],
    ['the deadline came near', [OK], { rest: { missing: [ONE], stopped: 'deadline' } }, '504 partial some'],
    ['the deadline came before the first', [], { rest: { missing: [ONE], stopped: 'deadline' } }, '504 failed none'],
    ['the server shut down before the first', [], { rest: { missing: [ONE], stopped: 'shutdown' } }, '503 failed none'],
    ['the server shut down after some', [OK], { rest: { missing: [ONE], stopped: 'shutdown' } }, '502 partial some'],
    ['one is too old, the rest delivered', [OK], { tooOld: [LATE] }, '502 partial some'],
    ['all are too old', [], { tooOld: [LATE] }, '502 failed none'],
  ] as [string, Verdict[], Partial<RangeWork>, string][])
    it(`${what}: ${text}`, () => assert.equal(judged(verdicts, given), text));
});
