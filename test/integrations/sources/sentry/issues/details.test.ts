import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import { pending } from '../../../../support/build/http-mock.ts';
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
import { a, b, ASKS, serve, ids, readings, known } from './details-mocks.ts';

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
    const answers = await within('all are answered', readAll(createSource({}, depsOf(clock)), asks));
    const found = answers.map((it) => [it.ask.filter.name, 'reading' in it ? it.reading.details.size : 'not read']);
    assert.deepEqual(Object.fromEntries(found), { a: 1, b: 'not read', c: 'not read' });
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
