import assert from 'node:assert/strict';
import type { Receipt } from '../../../src/core/model/receipt.ts';
import type { ReportResult } from '../../../src/core/model/results.ts';
import type { RunEnd } from '../../../src/core/model/verdict.ts';
import { judge } from '../../../src/core/run/verdict.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';

const NONE = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] };
const SENT: Receipt = { ...NONE, status: 'sent', accepted: 3 };
const BEFORE: Receipt = { ...NONE, status: 'sent before', accepted: 3 };
const EMPTY: Receipt = { ...NONE, status: 'sent' };
const FAILED: Receipt = { ...NONE, status: 'failed', failed: 3, error: 'down' };
const PARTLY: Receipt = { ...NONE, status: 'failed', accepted: 2, failed: 1, error: 'down' };
const REFUSED: Receipt = { ...NONE, status: 'sent', accepted: 2, refused: [{ key: 'k', why: 'bad' }] };
const BEFORE_UNCERTAIN: Receipt = { ...NONE, status: 'sent before', accepted: 2, uncertain: 1, error: 'cut' };
const UNCERTAIN: Receipt = { ...NONE, status: 'failed', uncertain: 3, error: 'cut' };
const WORDS = 'not sent: the ledger cannot be reached (LEDGER_ON_ERROR)';
const WAITS: Receipt = { ...NONE, status: 'failed', error: WORDS, reason: 'ledger' };
const ELSEWHERE: Receipt = { status: 'in hand elsewhere' };
const SKIPPED: Receipt = { status: 'skipped', why: 'debug', items: [] };
const UNREAD = 'unread';

type Given = readonly Receipt[] | typeof UNREAD;

function result(given: Given): ReportResult {
  const sinks = given === UNREAD ? {} : Object.fromEntries(given.map((receipt, index) => [`s${index}`, receipt]));
  return {
    id: 'r',
    filter: filterOf(),
    window: WINDOW,
    report: null,
    sinks,
    ...(given === UNREAD ? { fault: { message: 'm', retryable: true } } : {}),
  };
}

/** results, what cut the run short, status, body's status, header, outcome for observers */
const TABLE: readonly (readonly [string, readonly Given[], RunEnd | null, number, string, string, string])[] = [
  ['everything accepted', [[SENT, SENT], [SENT]], null, 200, 'ok', 'all', 'ok'],
  ['everything accepted before', [[BEFORE, BEFORE]], null, 200, 'ok', 'all', 'ok'],
  ['some now, some before', [[SENT, BEFORE]], null, 200, 'ok', 'all', 'ok'],
  ['a debug run', [[SKIPPED, SKIPPED]], null, 200, 'ok', 'none', 'ok'],
  ['nothing to send', [[EMPTY]], null, 200, 'ok', 'none', 'ok'],
  ['one sink failed, the other wanted nothing', [[EMPTY, FAILED]], null, 502, 'failed', 'none', 'failed'],
  ['one sink took all, the other wanted nothing', [[EMPTY, SENT]], null, 200, 'ok', 'all', 'ok'],
  ['no filters, no sinks', [], null, 200, 'ok', 'none', 'ok'],
  ['a filter without sinks', [[]], null, 200, 'ok', 'none', 'ok'],
  ['everything accepted although the deadline passed', [[SENT]], 'deadline', 200, 'ok', 'all', 'ok'],
  ['another server holds all', [[ELSEWHERE]], null, 202, 'in hand', 'none', 'ok'],
  ['another server holds some', [[SENT], [ELSEWHERE]], null, 202, 'in hand', 'some', 'ok'],
  ['another server holds some, and some failed', [[ELSEWHERE], [FAILED]], null, 502, 'partial', 'none', 'partial'],
  ['one sink failed', [[SENT, FAILED]], null, 502, 'partial', 'some', 'partial'],
  ['one item failed', [[PARTLY]], null, 502, 'partial', 'some', 'partial'],
  ['one item refused', [[REFUSED]], null, 502, 'partial', 'some', 'partial'],
  ['one item uncertain before', [[BEFORE_UNCERTAIN]], null, 502, 'partial', 'some', 'partial'],
  ['everything failed', [[FAILED], [FAILED]], null, 502, 'failed', 'none', 'failed'],
  ['everything uncertain', [[UNCERTAIN]], null, 502, 'failed', 'unknown', 'failed'],
  ['uncertain and failed', [[UNCERTAIN, FAILED]], null, 502, 'failed', 'unknown', 'failed'],
  ['uncertain and accepted', [[UNCERTAIN, SENT]], null, 502, 'partial', 'some', 'partial'],
  ['one filter could not be read', [UNREAD, [SENT]], null, 502, 'partial', 'some', 'partial'],
  ['one filter could not be read, the other failed', [UNREAD, [FAILED]], null, 502, 'failed', 'none', 'failed'],
  ['no filter could be read', [UNREAD, UNREAD], null, 503, 'failed', 'none', 'failed'],
  ['everything waits for the ledger', [[WAITS, WAITS], UNREAD], null, 503, 'failed', 'none', 'failed'],
  ['the same words of a sink', [[{ ...FAILED, error: WORDS }]], null, 502, 'failed', 'none', 'failed'],
  ['one sink waits for the ledger', [[SENT, WAITS]], null, 502, 'partial', 'some', 'partial'],
  ['one sink waits for the ledger, the other failed', [[FAILED, WAITS]], null, 502, 'failed', 'none', 'failed'],
  ['the clock is wrong', [UNREAD], 'clock', 503, 'failed', 'none', 'failed'],
  ['shutting down before anything was sent', [[FAILED], UNREAD], 'shutdown', 503, 'failed', 'none', 'failed'],
  ['shutting down after something was sent', [[SENT], UNREAD], 'shutdown', 502, 'partial', 'some', 'partial'],
  ['shutting down after something may have been sent', [[UNCERTAIN]], 'shutdown', 502, 'failed', 'unknown', 'failed'],
  ['the deadline wins over 502', [[SENT, FAILED]], 'deadline', 504, 'partial', 'some', 'partial'],
  ['the deadline wins over 503', [UNREAD], 'deadline', 504, 'failed', 'none', 'failed'],
];

describe('what a run came to', () => {
  for (const [name, given, end, http, status, sent, outcome] of TABLE) {
    it(`${name}: ${http} ${status}, sent ${sent}`, () => {
      assert.deepEqual(judge(given.map(result), end), { http, status, sent, outcome });
    });
  }
});
