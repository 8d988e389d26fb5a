import assert from 'node:assert/strict';
import type { Answer, Reading } from '../../../../../src/core/model/reading.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { pending, type Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock, gate } from '../../../../support/time/clock.ts';
import { until, within } from '../../../../support/time/until.ts';
import {
  askOf,
  createSource,
  details,
  issue,
  issueRows,
  projects,
  readAll,
  readOne,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

const a = { query: 'message:"a"' };
const b = { query: 'message:"b"' };
const ASKS = [askOf({ name: 'a', searchTerms: ['a'] }), askOf({ name: 'b', searchTerms: ['b'] })];

function serve(asked: { query?: string; projects?: string[] }, ids: readonly number[]): void {
  totals(asked, totalRows([11, ids.length, 1]));
  rows(asked, issueRows(...ids.map((id) => [id, 11, 1, 1] as const)));
}

function ids(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

function readings(answers: readonly Answer[]): readonly Reading[] {
  return answers.map((answer) => {
    assert.ok('reading' in answer);
    return answer.reading;
  });
}

/** Answers for exactly the issues that were asked for. */
const known: Reply = ({ query }) => ({ body: query.filter(([name]) => name === 'group').map(([, id]) => issue(id)) });

describe('what Sentry knows of issues', () => {
  it('is asked once for all filters together, each issue once', async () => {
    projects();
    serve(a, [1, 2]);
    serve(b, [2, 3]);
    const calls = details(['1', '2', '3'], ['11'], known);
    const found = readings(await readAll(createSource(), ASKS));
    assert.deepEqual(found.map((it) => [...it.details.keys()].toSorted()).toSorted(), [
      ['1', '2'],
      ['2', '3'],
    ]);
    assert.deepEqual([calls.length, found.flatMap(({ gaps }) => gaps)], [1, []]);
  });

  it('is asked in one request per 100 issues', async () => {
    projects();
    serve({}, ids(1, 230));
    details(ids(1, 100).map(String), ['11'], known);
    details(ids(101, 100).map(String), ['11'], known);
    details(ids(201, 30).map(String), ['11'], known);
    const reading = await readOne();
    assert.deepEqual([reading.details.size, reading.gaps], [230, []]);
  });

  it('does not wait for slower filters for ever', async () => {
    const clock = createClock((ms) => ms === 500);
    let release: () => void = () => undefined;
    projects();
    serve(a, [1]);
    totals(b, () => new Promise((done) => (release = () => done({ body: { data: [] } }))));
    rows(b, { body: { data: [] } });
    details(['1'], ['11'], known);
    const names: string[] = [];
    const reading = (async () => {
      for await (const answer of createSource({}, depsOf(clock)).read(ASKS, scopeOf()))
        names.push(answer.ask.filter.name);
    })();
    await until('a wait of 500 ms begins', () => clock.slept.includes(500));
    await gate();
    assert.equal(pending(), 1, 'it lingers');
    clock.advance(500);
    await until('the first filter is answered', () => names.length === 1);
    release();
    await reading;
    assert.deepEqual(names, ['a', 'b']);
  });

  it('does not wait at all for filters without issues, or that cannot be read', async () => {
    const clock = createClock((ms) => ms === 500);
    projects();
    serve(a, [1]);
    totals(b, { status: 400 });
    rows(b, { status: 400 });
    details(['1'], ['11'], known);
    const asks = [...ASKS, askOf({ name: 'c', searchTerms: ['a'], projects: ['gone'] })];
    const answers = await within('all are answered', readAll(createSource({}, depsOf(clock)), asks), 5000);
    const found = answers.map((it) => [it.ask.filter.name, 'reading' in it ? it.reading.details.size : 'not read']);
    assert.deepEqual(Object.fromEntries(found), { a: 1, b: 'not read', c: 0 });
  });

  it('is not asked for what another filter of the run has under way', async () => {
    let release: () => void = () => undefined;
    projects();
    serve(a, ids(1, 100));
    const calls = details(
      ids(1, 100).map(String),
      ['11'],
      (call) => new Promise((done) => (release = () => done((known as (it: typeof call) => { body: unknown })(call)))),
    );
    let late: () => void = () => undefined;
    totals(
      b,
      () =>
        new Promise(
          (done) =>
            (late = () => done({ body: { data: [{ 'project.id': 11, 'count()': 1, 'count_unique(user)': 1 }] } })),
        ),
    );
    rows(b, issueRows([7, 11, 1, 1]));
    const reading = readAll(createSource(), ASKS);
    await until('a request comes', () => calls.length === 1);
    late();
    await gate();
    release();
    assert.deepEqual(
      readings(await reading)
        .map((it) => [it.details.size, it.gaps])
        .toSorted(),
      [
        [1, []],
        [100, []],
      ],
    );
  });

  it('is kept for ten minutes', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    projects();
    for (let round = 0; round < 3; round++) serve({}, [1]);
    const calls = details(['1'], ['11'], known, { body: [issue('1', { title: 'new title' })] });
    await readOne({}, source);
    clock.advance(599_999);
    assert.equal((await readOne({}, source)).details.get('1')?.title, 'Error 1');
    assert.equal(calls.length, 1);
    clock.advance(1);
    assert.equal((await readOne({}, source)).details.get('1')?.title, 'new title');
  });

  it('asked for more than 40 projects, is asked of all, to keep the address short', async () => {
    const slugs = ids(1, 41).map((id) => `p${id}`);
    projects({ body: slugs.map((slug, index) => ({ id: String(index + 1), slug })) });
    const all = { projects: ids(1, 41).map(String) };
    totals(all, totalRows([11, 1, 1]));
    rows(all, issueRows([1, 11, 1, 1]));
    details(['1'], ['-1'], known);
    assert.deepEqual((await readOne({ projects: slugs })).gaps, []);
  });
});

describe('what Sentry does not know of issues', () => {
  it('an issue that it no longer shows is a gap of the decoration, with its number', async () => {
    projects();
    serve({}, [1, 2]);
    details(['1', '2'], ['11'], { body: [issue('1')] });
    const reading = await readOne();
    assert.deepEqual(
      [[...reading.details.keys()], reading.gaps],
      [
        ['1'],
        [
          {
            part: 'details',
            reason: 'not_known',
            detail: '1 issues that Sentry no longer shows (deleted or merged): 2',
          },
        ],
      ],
    );
  });

  it('of many the first five are named', async () => {
    projects();
    serve({}, ids(1, 7));
    details(ids(1, 7).map(String), ['11'], { body: [] });
    assert.equal(
      (await readOne()).gaps[0]?.detail,
      '7 issues that Sentry no longer shows (deleted or merged): 1, 2, 3, 4, 5',
    );
  });

  it('an issue of an unknown shape is left out, the others are kept', async () => {
    projects();
    serve({}, [1, 2, 3]);
    details(['1', '2', '3'], ['11'], { body: [null, { id: true }, issue('2'), { id: 3, title: 5 }] });
    const reading = await readOne();
    assert.deepEqual([[...reading.details.keys()], reading.gaps.map(({ reason }) => reason)], [['2'], ['not_known']]);
  });

  it('an issue with hardly anything is taken as it is', async () => {
    projects();
    serve({}, [1]);
    details(['1'], ['11'], { body: [{ id: 1 }] });
    assert.deepEqual((await readOne()).details.get('1'), {
      issueId: '1',
      shortId: null,
      title: '',
      culprit: null,
      level: null,
      url: null,
      substatus: null,
      firstSeen: null,
      assignee: null,
    });
  });

  for (const [name, reply, detail] of [
    [
      'that is refused',
      { status: 403, body: { detail: 'no' } },
      'sentry: answered 403: no; check its key or token and what it may do',
    ],
    ['that is no list', { body: { detail: 'x' } }, 'sentry: the issues are no list'],
    [
      'that is a page',
      { body: '<html>', headers: { 'content-type': 'text/html' } },
      'sentry: answered 200 with something that is not JSON (text/html, 6 characters); check SENTRY_URL and what stands between',
    ],
  ] as const) {
    it(`an answer ${name} is a gap of each filter that waited for it, never a fault`, async () => {
      projects();
      serve(a, [1]);
      serve(b, [1, 2]);
      details(['1', '2'], ['11'], reply);
      const found = readings(await readAll(createSource(), ASKS));
      assert.deepEqual(
        found.map(({ gaps }) => gaps),
        [[{ part: 'details', reason: 'not_answered', detail }], [{ part: 'details', reason: 'not_answered', detail }]],
      );
      assert.deepEqual(found.map(({ issues }) => issues.length).toSorted(), [1, 2]);
    });
  }

  it('an answer that fails leaves what is still known from before, and is a gap all the same', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    projects();
    serve({}, [1]);
    serve({}, [1]);
    details(['1'], ['11'], known, { status: 403 });
    await readOne({}, source);
    clock.advance(600_000);
    const reading = await readOne({}, source);
    assert.deepEqual(
      [reading.details.get('1')?.title, reading.gaps.map(({ reason }) => reason)],
      ['Error 1', ['not_answered']],
    );
  });

  it('an answer that fails leaves nothing of an issue that was not seen for an hour: it was forgotten', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    projects();
    projects();
    serve({}, [1]);
    serve({}, [1]);
    const calls = details(['1'], ['11'], known, { status: 403 });
    await readOne({}, source);
    clock.advance(3_600_000);
    const reading = await readOne({}, source);
    assert.deepEqual(
      [calls.length, reading.details.size, reading.gaps.map(({ reason }) => reason)],
      [2, 0, ['not_answered']],
    );
  });

  it('nothing waits when the run ends', async () => {
    const clock = createClock((ms) => ms === 500);
    const stop = new AbortController();
    projects();
    serve(a, [1]);
    totals(b, () => new Promise<never>(() => undefined));
    rows(b, { body: { data: [] } });
    const reading = readAll(createSource({}, depsOf(clock)), ASKS, scopeOf({ signal: stop.signal }));
    await until('a wait of 500 ms begins', () => clock.slept.includes(500));
    stop.abort();
    const answers = await reading;
    assert.deepEqual(
      answers
        .map((answer) => [
          answer.ask.filter.name,
          'reading' in answer ? answer.reading.gaps.map(({ part }) => part) : 'fault',
        ])
        .toSorted(),
      [
        ['a', ['details']],
        ['b', 'fault'],
      ],
    );
  });
});
