import assert from 'node:assert/strict';
import type { Ask } from '../../../../../src/core/model/reading.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { mockAlways } from '../../../../support/build/http-mock.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { createClock } from '../../../../support/time/clock.ts';
import {
  API,
  askOf,
  createSource,
  details,
  detailsIn,
  issue,
  issueRows,
  projects,
  readAll,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';
import { ids, readings } from './details-mocks.ts';

const SLOT = 300_000;
const TEN = Date.UTC(2026, 10, 20, 10, 0);

describe('what Sentry knows of issues now', () => {
  it('is asked for each set of environments by itself, because first seen is by environment', async () => {
    const seen = (firstSeen: string) => ({ body: [issue('1', { lifetime: { firstSeen } })] });
    projects();
    for (const environments of [['production'], ['eu', 'production'], []]) {
      totals({ environments }, totalRows([11, 1, 1]));
      rows({ environments }, issueRows([1, 11, 1, 1]));
    }
    detailsIn(['production'], ['1'], ['11'], seen('2026-11-20T10:03:00Z'));
    detailsIn(['eu', 'production'], ['1'], ['11'], seen('2026-11-20T10:02:00Z'));
    details(['1'], ['11'], seen('2026-11-01T10:00:00Z'));
    const asks = [
      askOf({ name: 'a', environments: ['production'] }),
      askOf({ name: 'b', environments: ['eu', 'production'] }),
      askOf({ name: 'c' }),
    ];
    const answers = await readAll(createSource(), asks);
    const found = asks.map((ask) => {
      const [reading] = readings(answers.filter((it) => it.ask === ask));
      return [new Date(reading!.details.get('1')!.firstSeen!).toISOString(), reading!.firstSeenBy];
    });
    assert.deepEqual(found, [
      ['2026-11-20T10:03:00.000Z', 'arrival'],
      ['2026-11-20T10:02:00.000Z', 'arrival'],
      ['2026-11-01T10:00:00.000Z', 'event'],
    ]);
  });

  it('shares a request between filters whose environments are the same in another order', async () => {
    projects();
    for (const [search, environments] of [
      ['a', ['eu', 'production']],
      ['b', ['production', 'eu']],
    ] as const) {
      totals({ query: `message:"${search}"`, environments: [...environments] }, totalRows([11, 1, 1]));
      rows({ query: `message:"${search}"`, environments: [...environments] }, issueRows([1, 11, 1, 1]));
    }
    const calls = mockAlways(`${API}/issues/`, () => true, { body: [issue('1')] });
    const asks = [
      askOf({ name: 'a', searchTerms: ['a'], environments: ['eu', 'production'] }),
      askOf({ name: 'b', searchTerms: ['b'], environments: ['production', 'eu'] }),
    ];
    assert.deepEqual(
      readings(await readAll(createSource(), asks)).map(({ details: all }) => all.size),
      [1, 1],
    );
    assert.equal(calls.length, 1);
  });

  it('is asked again in the next window for the hundred biggest, for the others after ten minutes', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    projects();
    const all = issueRows(...ids(1, 101).map((id) => [id, 11, 200 - id, 1] as const));
    mockAlways(`${API}/events/`, (query) => fieldsIn(query) === 3, totalRows([11, 15_049, 1]));
    mockAlways(`${API}/events/`, (query) => fieldsIn(query) === 4, all);
    const calls = mockAlways(`${API}/issues/`, () => true, { body: ids(1, 101).map((id) => issue(String(id))) });
    const asked: unknown[] = [];
    for (const window of [0, 0, 1, 3]) {
      const start = TEN + window * SLOT;
      clock.advance(Math.max(0, start + SLOT + 150_000 - clock.now()));
      const before = calls.length;
      const ask: Ask = { filter: filterOf(), window: { start, end: start + SLOT }, want: 'full' };
      const [reading] = readings(await readAll(source, [ask]));
      assert.equal(reading!.details.size, 101);
      asked.push(calls.slice(before).flatMap(({ query }) => query.filter(([name]) => name === 'group').length));
    }
    assert.deepEqual(asked, [[100, 1], [], [100], [100, 1]]);
  });
});

function fieldsIn(query: readonly (readonly [string, string])[]): number {
  return query.filter(([name]) => name === 'field').length;
}
