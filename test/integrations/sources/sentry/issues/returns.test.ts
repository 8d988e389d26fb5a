import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import { createClock } from '../../../../support/time/clock.ts';
import {
  askOf,
  createSource,
  details,
  history,
  issue,
  issueRows,
  projects,
  readAll,
  readOne,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

const regressed = { substatus: 'regressed' };
const at = (time: string): number => Date.parse(`2026-11-20T${time}Z`);

/** Issue 1 regressed, issue 2 not. */
function serve(times = 1): void {
  projects();
  for (let round = 0; round < times; round++) {
    totals({}, totalRows([11, 3, 1]));
    rows({}, issueRows([1, 11, 2, 1], [2, 11, 1, 1]));
  }
  details(['1', '2'], ['11'], { body: [issue('1', regressed), issue('2')] });
}

describe('when issues came back', () => {
  it('is read from the history of those that Sentry calls regressed, each return with what it was resolved by', async () => {
    serve();
    history('1', [
      ['note', '2026-11-20T10:04:00Z'],
      ['set_regression', '2026-11-20T10:01:02.500000Z'],
      ['set_resolved', '2026-11-20T09:30:00Z'],
      ['set_regression', '2026-11-19T08:00:00Z'],
      ['set_resolved_in_release', '2026-11-19T07:00:00Z'],
      ['set_resolved', '2026-11-18T07:00:00Z'],
      ['set_regression', '2026-11-17T08:00:00Z'],
      ['first_seen', '2026-11-16T08:00:00Z'],
    ]);
    const { returns, gaps } = await readOne();
    assert.deepEqual(
      [returns, gaps],
      [
        new Map([
          [
            '1',
            [
              { at: at('10:01:02.500'), resolvedAt: at('09:30:00') },
              // Only a newer release brings it back, so events may have gone on.
              { at: Date.parse('2026-11-19T08:00:00Z'), resolvedAt: null },
              { at: Date.parse('2026-11-17T08:00:00Z'), resolvedAt: null },
            ],
          ],
        ]),
        [],
      ],
    );
  });

  for (const [name, reply] of [
    ['tells of no return', [['first_seen', '2026-11-16T08:00:00Z']]],
    ['is empty', []],
    ['is none', { body: { id: '1' } }],
    ['is something else', { body: { activity: 'x' } }],
  ] as const) {
    it(`is not known when the history ${name}`, async () => {
      serve();
      history('1', reply);
      const { returns, gaps } = await readOne();
      assert.deepEqual([returns, gaps], [new Map(), []]);
    });
  }

  it('is a gap of the decoration when the history cannot be read', async () => {
    serve();
    history('1', { status: 403, body: { detail: 'no' } });
    const { returns, gaps } = await readOne();
    assert.deepEqual(
      [returns, gaps.map(({ part, reason }) => [part, reason])],
      [new Map(), [['details', 'not_answered']]],
    );
    assert.match(gaps[0]!.detail!, /^when 1 issues came back, which is inferred now: sentry: answered 403/);
  });

  it('is asked once for all filters, and not again for the same window', async () => {
    const source = createSource({}, depsOf(createClock()));
    projects();
    for (const query of ['message:"a"', 'message:"b"'])
      for (let round = 0; round < 2; round++) {
        totals({ query }, totalRows([11, 2, 1]));
        rows({ query }, issueRows([1, 11, 2, 1]));
      }
    details(['1'], ['11'], { body: [issue('1', regressed)] });
    const calls = history('1', [['set_regression', '2026-11-20T10:01:02Z']]);
    const asks = [askOf({ name: 'a', searchTerms: ['a'] }), askOf({ name: 'b', searchTerms: ['b'] })];
    for (let round = 0; round < 2; round++)
      for (const answer of await readAll(source, asks)) {
        assert.ok('reading' in answer);
        assert.equal(answer.reading.returns?.get('1')?.length, 1);
      }
    assert.equal(calls.length, 1);
  });

  it('is asked again ten minutes later', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    serve(2);
    details(['1', '2'], ['11'], { body: [issue('1', regressed), issue('2')] });
    history('1', [], [['set_regression', '2026-11-20T10:01:02Z']]);
    assert.equal((await readOne({}, source)).returns?.size, 0);
    clock.advance(600_000);
    assert.equal((await readOne({}, source)).returns?.size, 1);
  });
});
