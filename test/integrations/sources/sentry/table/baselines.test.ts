import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Baseline } from '../../../../../src/core/model/reading.ts';
import { type Call, mockAlways, type Reply } from '../../../../support/build/http-mock.ts';
import { until } from '../../../../support/time/until.ts';
import {
  API,
  askOf,
  buildSource,
  details,
  issue,
  issueRows,
  link,
  projects,
  readAll,
  readOne,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';
import { SPANS, ALL, past, counts, window, known } from './past-mocks.ts';

/** For ids, whichever they are. */
function pastOf([start, end]: readonly [string, string], reply: (call: Call) => { body: object }): Call[] {
  const wanted = [
    ['start', start],
    ['end', end],
  ] as const;
  return mockAlways(
    `${API}/events/`,
    (query) =>
      wanted.every((pair) => query.some((it) => isDeepStrictEqual(it, pair))) &&
      new Map(query).get('query')!.includes('issue.id'),
    reply,
  );
}

function told(baselines: readonly Baseline[]): unknown {
  return baselines.map(({ name, span, events }) => [
    name,
    new Date(span.start).toISOString(),
    new Date(span.end).toISOString(),
    Object.fromEntries(events),
  ]);
}

describe('the past of issues', () => {
  it('is the hour before and the 65 minutes around the same hour one and seven days ago', async () => {
    projects();
    window('message:"x"');
    known();
    past(
      SPANS['1h'],
      'message:"x"',
      counts([
        [1, 120],
        [2, 12],
        [3, 1],
        [9, 1],
      ]),
    );
    past(
      SPANS['1d'],
      'message:"x"',
      counts([
        [2, 26],
        [1, 13],
        [3, 2],
      ]),
    );
    past(
      SPANS['7d'],
      'message:"x"',
      counts([
        [3, 7],
        [1, 5],
        [2, 4],
      ]),
    );
    const reading = await readOne({ searchTerms: ['x'] }, buildSource(ALL));
    assert.deepEqual(told(reading.baselines), [
      ['1h', '2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z', { 1: 120, 2: 12, 3: 1 }],
      ['1d', '2026-11-19T09:55:00.000Z', '2026-11-19T11:00:00.000Z', { 1: 13, 2: 26, 3: 2 }],
      ['7d', '2026-11-13T09:55:00.000Z', '2026-11-13T11:00:00.000Z', { 1: 5, 2: 4, 3: 7 }],
    ]);
    assert.deepEqual(reading.gaps, []);
  });

  it('is zero for who is not on a page that is the whole of it', async () => {
    projects();
    window();
    known();
    past(SPANS['1h'], '', counts([[2, 12]]));
    const { baselines } = await readOne({}, buildSource({ TREND_BASELINES: '1h' }));
    assert.deepEqual(
      baselines.map(({ events }) => Object.fromEntries(events)),
      [{ 1: 0, 2: 12, 3: 0 }],
    );
  });

  it('is asked for by id for those that the biggest ones leave open; who is not in that answer had none', async () => {
    projects();
    window('message:"x"');
    known();
    past(
      SPANS['1d'],
      'message:"x"',
      counts(
        [
          [77, 900],
          [2, 800],
        ],
        true,
      ),
    );
    past(SPANS['1d'], 'message:"x" issue.id:[1,3]', counts([[3, 4]]));
    const { baselines, gaps } = await readOne({ searchTerms: ['x'] }, buildSource({ TREND_BASELINES: '1d' }));
    assert.deepEqual([baselines.map(({ events }) => Object.fromEntries(events)), gaps], [[{ 1: 0, 2: 800, 3: 4 }], []]);
  });

  it('of none is nothing: with TREND_BASELINES=off not a request more', async () => {
    projects();
    window();
    known();
    assert.deepEqual((await readOne({}, buildSource({ TREND_BASELINES: 'off' }))).baselines, []);
  });

  it('is not asked for when there are no issues, the hour excepted', async () => {
    projects();
    totals({}, totalRows([11, 2, 0]));
    rows({}, issueRows([null, 11, 2, 0]));
    past(SPANS['1h'], '', counts([]));
    assert.deepEqual((await readOne({}, buildSource(ALL))).baselines, []);
  });

  it('of the hour is asked in the same step as the counts', async () => {
    const asked: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => (release = done));
    const step =
      (name: string, reply: Reply): Reply =>
      async () => {
        asked.push(name);
        await held;
        return reply as object;
      };
    projects();
    totals({}, step('totals', totalRows([11, 30, 3])));
    rows({}, step('rows', issueRows([1, 11, 30, 3])));
    past(SPANS['1h'], '', step('hour', counts([[1, 12]])));
    details(['1'], ['11'], { body: [issue('1')] });
    const reading = readOne({}, buildSource({ TREND_BASELINES: '1h' }));
    await until('three requests come', () => asked.length === 3);
    release();
    assert.deepEqual([asked.toSorted(), (await reading).baselines.length], [['hour', 'rows', 'totals'], 1]);
  });

  it('is not read for totals alone', async () => {
    projects();
    totals({}, totalRows([11, 3, 3]));
    const [answer] = await readAll(buildSource(ALL), [askOf({}, 'totals')]);
    assert.deepEqual(answer !== undefined && 'reading' in answer && answer.reading.baselines, []);
  });
});

describe('the past of many issues', () => {
  const many = Array.from({ length: 150 }, (_, index) => 6_507_000_001 + index);
  const first = many.slice(0, 100);

  /** 150 issues with 300, 299, … events, on two pages. */
  function manyIssues(query: string): void {
    const row = (id: number, index: number): readonly [number, number, number, number] => [id, 11, 300 - index, 1];
    const all = many.map(row);
    totals({ query }, totalRows([11, 33_825, 9]));
    rows({ query }, { ...issueRows(...all.slice(0, 100)), headers: link('0:100:0') });
    rows({ query, cursor: '0:100:0' }, issueRows(...all.slice(100)));
    details(first.map(String), ['11'], { body: [] });
    details(many.slice(100).map(String), ['11'], { body: [] });
  }

  it('is that of the 100 biggest', async () => {
    projects();
    manyIssues('');
    past(
      SPANS['1h'],
      '',
      counts([
        [many[0]!, 12],
        [many[149]!, 700],
      ]),
    );
    const {
      baselines: [hour],
    } = await readOne({}, buildSource({ TREND_BASELINES: '1h' }));
    assert.deepEqual(
      [
        hour?.events.size,
        hour?.events.get('6507000001'),
        hour?.events.get('6507000100'),
        hour?.events.has('6507000101'),
      ],
      [100, 12, 0, false],
    );
  });

  it('is asked for in requests that stay under 4 kB', async () => {
    const term = 'x'.repeat(2900);
    const query = `message:"${term}"`;
    projects();
    manyIssues(query);
    past(SPANS['1h'], query, counts([], true));
    const asked: string[][] = [];
    const anyIds = (call: Call): { body: object } => {
      const search = new Map(call.query).get('query')!;
      asked.push(/^message:"x{2900}" issue\.id:\[(.*)\]$/.exec(search)![1]!.split(','));
      return counts([[Number(asked.at(-1)![0]), 24]]) as { body: object };
    };
    const parts = pastOf(SPANS['1h'], anyIds);
    const {
      baselines: [hour],
      gaps,
    } = await readOne({ searchTerms: [term] }, buildSource({ TREND_BASELINES: '1h' }));
    assert.deepEqual(asked.flat(), first.map(String));
    assert.ok(asked.length > 1, `${asked.length} parts`);
    for (const { query: pairs } of parts) {
      const path = `/api/0/organizations/acme/events/?${new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString()}`;
      assert.ok(`https://sentry.io${path}`.length <= 4096, `${path.length} bytes`);
    }
    assert.deepEqual(
      [hour?.events.size, [...hour!.events.values()].filter((events) => events === 24).length],
      [100, asked.length],
    );
    assert.deepEqual(
      gaps.filter(({ part }) => part !== 'details'),
      [],
    );
  });
});
