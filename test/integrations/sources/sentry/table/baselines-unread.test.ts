import assert from 'node:assert/strict';
import { isComplete } from '../../../../../src/core/model/make-report.ts';
import type { Ask } from '../../../../../src/core/model/reading.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { mockAlways, type Reply } from '../../../../support/build/http-mock.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { createClock } from '../../../../support/time/clock.ts';
import {
  API,
  buildSource,
  issue,
  issueRows,
  projects,
  readAll,
  readOne,
  totalRows,
} from '../../../../support/sentry/sentry.ts';
import { SPANS, ALL, past, counts, window, known } from './past-mocks.ts';

const REFUSED: Reply = { status: 400, body: { detail: 'no' } };

const at = (start: number): Ask => ({ filter: filterOf(), window: { start, end: start + 300_000 }, want: 'full' });

describe('the past of days ago', () => {
  const HOUR = 3_600_000;
  const TEN = Date.UTC(2026, 10, 20, 10, 0);

  /** The same counts in every window. */
  function oneIssue(): void {
    const asks = (query: readonly (readonly [string, string])[], fields: number): boolean =>
      query.filter(([name]) => name === 'field').length === fields;
    mockAlways(`${API}/events/`, (query) => asks(query, 3), totalRows([11, 5, 1]));
    mockAlways(`${API}/events/`, (query) => asks(query, 4), issueRows([1, 11, 5, 1]));
  }

  it('is read at most once an hour, and again in the next', async () => {
    const clock = createClock();
    const source = buildSource({ TREND_BASELINES: '1d,7d' }, depsOf(clock));
    projects();
    mockAlways(`${API}/issues/`, () => true, { body: [issue('1')] });
    oneIssue();
    past(SPANS['1d'], '', counts([[1, 13]]));
    past(SPANS['7d'], '', counts([[1, 26]]));
    past(['2026-11-19T10:55:00', '2026-11-19T12:00:00'], '', counts([[1, 39]]));
    past(['2026-11-13T10:55:00', '2026-11-13T12:00:00'], '', counts([]));
    const seen: unknown[] = [];
    for (const start of [TEN, TEN + 300_000, TEN + HOUR - 300_000, TEN + HOUR]) {
      const [answer] = await readAll(source, [at(start)]);
      assert.ok(answer !== undefined && 'reading' in answer);
      seen.push(answer.reading.baselines.map(({ events }) => events.get('1')));
    }
    assert.deepEqual(seen, [
      [13, 26],
      [13, 26],
      [13, 26],
      [39, 0],
    ]);
  });
});

describe('a past that cannot be read', () => {
  for (const lost of ['1h', '1d', '7d'] as const) {
    it(`(${lost}) is a gap of the decoration, and the others are used`, async () => {
      projects();
      window();
      known();
      for (const name of ['1h', '1d', '7d'] as const)
        past(SPANS[name], '', name === lost ? REFUSED : counts([[1, 13]]));
      const reading = await readOne({}, buildSource(ALL));
      assert.deepEqual(reading.gaps, [
        { part: 'baselines', reason: 'not_answered', detail: `${lost}: sentry: answered 400: no` },
      ]);
      assert.deepEqual(
        [reading.baselines.map(({ name }) => name), isComplete(reading.gaps)],
        [(['1h', '1d', '7d'] as const).filter((name) => name !== lost), true],
      );
    });
  }

  it('because the rest could not be asked for by id is a gap too', async () => {
    projects();
    window();
    known();
    past(SPANS['1d'], '', counts([[1, 900]], true));
    past(SPANS['1d'], 'issue.id:[2,3]', REFUSED);
    const { gaps, baselines } = await readOne({}, buildSource({ TREND_BASELINES: '1d' }));
    assert.deepEqual(
      [gaps.map(({ part, reason }) => [part, reason]), baselines],
      [[['baselines', 'not_answered']], []],
    );
  });

  it('is asked for anew in the next run', async () => {
    const source = buildSource({ TREND_BASELINES: '1d' });
    projects();
    window();
    window();
    known();
    past(SPANS['1d'], '', REFUSED, counts([[1, 13]]));
    const first = await readOne({}, source);
    assert.deepEqual([first.baselines.length, (await readOne({}, source)).baselines.length], [0, 1]);
  });
});
