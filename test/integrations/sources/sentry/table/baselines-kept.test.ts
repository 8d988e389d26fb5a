import assert from 'node:assert/strict';
import type { Ask } from '../../../../../src/core/model/reading.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { mockAlways } from '../../../../support/build/http-mock.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { createClock } from '../../../../support/time/clock.ts';
import { until } from '../../../../support/time/until.ts';
import {
  API,
  buildSource,
  details,
  issue,
  issueRows,
  projects,
  readAll,
  readOne,
  totalRows,
} from '../../../../support/sentry/sentry.ts';

const HOUR = 3_600_000;
const TEN = Date.UTC(2026, 10, 20, 10, 0);

/** Requests of the table are told apart by how many fields they ask for. */
const asks = (query: readonly (readonly [string, string])[], fields: number): boolean =>
  query.filter(([name]) => name === 'field').length === fields;

/** Totals have three fields, rows four, the past two. */
function serve(): void {
  projects();
  mockAlways(`${API}/events/`, (query) => asks(query, 3), totalRows([11, 5, 1]));
  mockAlways(`${API}/events/`, (query) => asks(query, 4), issueRows([1, 11, 5, 1]));
}

const PAST = { body: { data: [{ 'issue.id': 1, 'count()': 13 }], meta: {} } };

describe('the hour before', () => {
  it('is not waited for by the details', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => (release = done));
    serve();
    mockAlways(
      `${API}/events/`,
      (query) => asks(query, 2),
      () => held.then(() => PAST),
    );
    const asked = details(['1'], ['11'], { body: [issue('1')] });
    const reading = readOne({}, buildSource({ TREND_BASELINES: '1h' }));
    await until('a request comes', () => asked.length === 1);
    release();
    assert.deepEqual(
      (await reading).baselines.map(({ events }) => events.get('1')),
      [13],
    );
  });
});

describe('the past of days ago', () => {
  it('is kept for the four hours that were used last, and no longer', async () => {
    const source = buildSource({ TREND_BASELINES: '1d' }, depsOf(createClock()));
    serve();
    mockAlways(`${API}/issues/`, () => true, { body: [issue('1')] });
    const calls = mockAlways(`${API}/events/`, (query) => asks(query, 2), PAST);
    const asked: number[] = [];
    for (const hour of [0, 1, 2, 3, 0, 4, 0, 2, 1]) {
      const before = calls.length;
      const start = TEN + hour * HOUR;
      const ask: Ask = { filter: filterOf(), window: { start, end: start + 300_000 }, want: 'full' };
      const [answer] = await readAll(source, [ask]);
      assert.ok(answer !== undefined && 'reading' in answer);
      assert.equal(answer.reading.baselines[0]?.events.get('1'), 13);
      asked.push(calls.length - before);
    }
    assert.deepEqual(asked, [1, 1, 1, 1, 0, 1, 0, 0, 1]);
  });
});
