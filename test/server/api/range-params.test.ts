import assert from 'node:assert/strict';
import { readRangeParams } from '../../../src/server/api/range-params.ts';
import { BadRequest, type ParamsContext } from '../../../src/server/api/run-params.ts';
import { filterOf } from '../../support/build/reports.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 7, 30);
const [A, B] = [filterOf({ name: 'a' }), filterOf({ name: 'b' })];
const CONTEXT: ParamsContext = {
  filters: [A, B],
  sinks: ['newrelic', 'anodot'],
  dryRun: false,
  settleMs: 120_000,
  memoryMs: 30 * 86_400_000,
};

function read(query: string, given: Partial<ParamsContext> = {}): ReturnType<typeof readRangeParams> {
  return readRangeParams(new URLSearchParams(query), { ...CONTEXT, ...given }, NOW);
}

function faultOf(query: string, given: Partial<ParamsContext> = {}): string {
  try {
    read(query, given);
  } catch (error) {
    assert.ok(error instanceof BadRequest);
    return error.message;
  }
  return assert.fail(`${query} is read`);
}

describe('a span of windows in a post', () => {
  it('is every window in between, of all filters and sinks', () => {
    assert.deepEqual(read('start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z'), {
      filters: [A, B],
      sinks: undefined,
      span: { start: Date.UTC(2026, 10, 20, 9), end: Date.UTC(2026, 10, 20, 10, 5) },
    });
  });

  it('may name filters and sinks, and be a whole day or a single window', () => {
    const { filters, sinks } = read(
      'start=2026-11-19T10:05Z&end=2026-11-20T10:05:00Z&filter=b&sink=anodot&debug=false',
    );
    assert.deepEqual([filters, sinks], [[B], ['anodot']]);
    assert.deepEqual(read('start=2026-11-20T12:00:00%2B02:00&end=2026-11-20T10:05:00Z').span, {
      start: Date.UTC(2026, 10, 20, 10),
      end: Date.UTC(2026, 10, 20, 10, 5),
    });
  });

  for (const [what, query, text] of [
    [
      'at with start',
      'at=1795169250&start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z',
      'at names one window, start and end name several; leave one of them out',
    ],
    ['start without end', 'start=2026-11-20T09:00:00Z', 'start needs an end: start=<ISO>&end=<ISO>'],
    [
      'start off the grid',
      'start=2026-11-20T09:01:00Z&end=2026-11-20T10:05:00Z',
      'start="2026-11-20T09:01:00Z" is not on the grid of 5 minutes; the window around it starts at 2026-11-20T09:00:00.000Z',
    ],
    [
      'end off the grid',
      'start=2026-11-20T09:00:00Z&end=2026-11-20T10:04:00Z',
      'end="2026-11-20T10:04:00Z" is not on the grid of 5 minutes; the window before it ends at 2026-11-20T10:00:00.000Z',
    ],
    [
      'a start that is none',
      'start=yesterday&end=2026-11-20T10:05:00Z',
      'start="yesterday" is no instant; write ISO with zone such as 2026-11-20T10:00:00Z (a + as %2B)',
    ],
    [
      'an end that is none',
      'start=2026-11-20T09:00:00Z&end=x',
      'end="x" is no instant; write ISO with zone such as 2026-11-20T10:05:00.000Z (a + as %2B)',
    ],
    [
      'over a day',
      'start=2026-11-19T10:00:00Z&end=2026-11-20T10:05:00Z',
      'start="2026-11-19T10:00:00Z" is more than a day before end; post a day at a time',
    ],
    [
      'the future',
      'start=2026-11-20T10:00:00Z&end=2026-11-20T10:10:00Z',
      'end="2026-11-20T10:10:00Z" is not settled before 2026-11-20T10:12:00.000Z; wait, or look at it with debug=true',
    ],
    [
      'reversed',
      'start=2026-11-20T10:05:00Z&end=2026-11-20T09:00:00Z',
      'start="2026-11-20T10:05:00Z" is not before end="2026-11-20T09:00:00Z"',
    ],
    [
      'nothing in between',
      'start=2026-11-20T10:05:00Z&end=2026-11-20T10:05:00Z',
      'start="2026-11-20T10:05:00Z" is not before end="2026-11-20T10:05:00Z"',
    ],
    [
      'longer ago than the ledger knows',
      'start=2026-10-21T10:05:00Z&end=2026-10-21T10:10:00Z',
      'start="2026-10-21T10:05:00Z" is before 2026-10-21T10:10:00.000Z: what was sent for that window the ledger may have forgotten (RETENTION_DAYS)',
    ],
    [
      'debug',
      'start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z&debug=true',
      'debug shows one window; leave start out, and post the window with end',
    ],
    [
      'twice',
      'start=2026-11-20T09:00:00Z&start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z',
      'start is given twice; give it once',
    ],
    [
      'an unknown filter',
      'start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z&filter=c',
      'unknown filter "c"; there are a, b',
    ],
    [
      'an unknown sink',
      'start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z&sink=x',
      'unknown sink "x"; there are newrelic, anodot',
    ],
    [
      'an unknown parameter',
      'start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z&force=true',
      'unknown parameter "force"; there are at, start, end, filter, sink, debug',
    ],
  ] as const)
    it(`refuses ${what}`, () => assert.equal(faultOf(query), text));

  it('is refused without a shared ledger, and where nothing is sent', () => {
    const query = 'start=2026-11-20T09:00:00Z&end=2026-11-20T10:05:00Z';
    assert.equal(
      faultOf(query, { memoryMs: undefined }),
      'start needs a shared ledger (LEDGER_URL), which this server does not have; post each window with end',
    );
    assert.equal(
      faultOf(query, { dryRun: true }),
      'start sends what is missing, and this server sends nothing (DRY_RUN); post one window with end to look at it',
    );
  });
});
