import assert from 'node:assert/strict';
import type { Answer } from '../../../../../src/core/model/reading.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { type Clock, createClock } from '../../../../support/time/clock.ts';
import { until } from '../../../../support/time/until.ts';
import {
  askOf,
  createSource,
  issueRows,
  projects,
  readAll,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

const WEB = askOf({ name: 'web', projects: ['crm-web'] }, 'totals');
const API = askOf({ name: 'api', projects: ['crm-api'] }, 'totals');
const BOTH = askOf({ name: 'both', projects: ['crm-api', 'crm-web'] }, 'totals');
const all = { projects: ['11', '12'] };
const web = { projects: ['11'] };
const api = { projects: ['12'] };
const NO: Reply = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };

/** A third of the hour that a test's run has. */
const PATIENCE = 1_200_000;

/** On which the patience with a shared request, also of what is left later, does not end by itself. */
function held(): Clock {
  return createClock((ms) => ms > PATIENCE / 2 || ms === 1000);
}

/** By filter: its totals as `slug events users`, or its fault. */
function said(answers: readonly Answer[]): Record<string, unknown> {
  return Object.fromEntries(
    answers.map((it) => [
      it.ask.filter.name,
      'fault' in it
        ? it.fault.message
        : it.reading.totals.map(({ project, events, users }) => `${project} ${events} ${users}`),
    ]),
  );
}

describe('totals of filters that differ in their projects only', () => {
  it('are asked for together, and each filter has its own', async () => {
    projects();
    const calls = totals(all, totalRows([11, 7, 3], [12, 5, 2]));
    assert.deepEqual(said(await readAll(createSource({}, depsOf(held())), [WEB, API, BOTH])), {
      web: ['crm-web 7 3'],
      api: ['crm-api 5 2'],
      both: ['crm-api 5 2', 'crm-web 7 3'],
    });
    assert.equal(calls.length, 1);
  });

  it('of projects without a row are zeros', async () => {
    projects();
    totals(all, totalRows([11, 7, 3]));
    assert.deepEqual(said(await readAll(createSource({}, depsOf(held())), [WEB, API])), {
      web: ['crm-web 7 3'],
      api: ['crm-api 0 0'],
    });
  });

  it('that search for something else, or elsewhere, are asked for apart', async () => {
    projects();
    totals(web, totalRows([11, 7, 3]));
    totals({ ...api, query: 'message:"x"' }, totalRows([12, 5, 2]));
    totals({ ...api, environments: ['eu'] }, totalRows([12, 1, 1]));
    const asks = [
      WEB,
      askOf({ name: 'term', projects: ['crm-api'], searchTerms: ['x'] }, 'totals'),
      askOf({ name: 'place', projects: ['crm-api'], environments: ['eu'] }, 'totals'),
    ];
    assert.deepEqual(said(await readAll(createSource({}, depsOf(held())), asks)), {
      web: ['crm-web 7 3'],
      term: ['crm-api 5 2'],
      place: ['crm-api 1 1'],
    });
  });

  it('of several windows are asked for window by window', async () => {
    projects();
    const next = { start: Date.UTC(2026, 10, 20, 10, 5), end: Date.UTC(2026, 10, 20, 10, 10) };
    totals(all, totalRows([11, 7, 3], [12, 5, 2]));
    totals({ ...all, start: '2026-11-20T10:05:00', end: '2026-11-20T10:10:00' }, totalRows([11, 2, 1], [12, 9, 4]));
    const answers = await readAll(createSource({}, depsOf(held())), [
      WEB,
      API,
      { ...WEB, window: next },
      { ...API, window: next },
    ]);
    assert.deepEqual(
      [said(answers.filter(({ ask }) => ask.window !== next)), said(answers.filter(({ ask }) => ask.window === next))],
      [
        { web: ['crm-web 7 3'], api: ['crm-api 5 2'] },
        { web: ['crm-web 2 1'], api: ['crm-api 9 4'] },
      ],
    );
  });

  for (const [what, reply] of [
    ['refused', NO],
    ['a 400', { status: 400, body: { detail: 'no' } }],
    ['without a count', { body: { data: [{ 'project.id': 12, 'count()': 5 }] } }],
    ['no table', { body: [] }],
  ] as readonly (readonly [string, Reply])[]) {
    it(`together ${what}, are asked for by each filter, for ten minutes; one filter's trouble stays its own`, async () => {
      const clock = held();
      const source = createSource({}, depsOf(clock));
      projects();
      const together = totals(all, reply, totalRows([11, 9, 4], [12, 6, 3]));
      totals(web, totalRows([11, 7, 3]), totalRows([11, 8, 4]));
      totals(api, { status: 400, body: { detail: 'bad' } }, totalRows([12, 5, 2]));
      assert.deepEqual(said(await readAll(source, [WEB, API])), {
        web: ['crm-web 7 3'],
        api: 'sentry: answered 400: bad',
      });
      assert.deepEqual(said(await readAll(source, [WEB, API])), { web: ['crm-web 8 4'], api: ['crm-api 5 2'] });
      assert.equal(together.length, 1);
      clock.advance(600_000);
      assert.deepEqual(said(await readAll(source, [WEB, API])), { web: ['crm-web 9 4'], api: ['crm-api 6 3'] });
    });
  }

  it('that are slow together are asked for by each filter after a third of the time, and whichever comes first counts', async () => {
    const clock = held();
    let answer: (reply: object) => void = () => undefined;
    projects();
    totals(all, () => new Promise<object>((done) => (answer = done)));
    const alone = totals(web, totalRows([11, 7, 3]));
    totals(api, () => new Promise<never>(() => undefined));
    const reading = readAll(createSource({}, depsOf(clock)), [WEB, API]);
    await until(
      'two waits of the whole patience begin',
      () => clock.slept.filter((ms) => ms === PATIENCE).length === 2,
    );
    assert.equal(alone.length, 0);
    clock.advance(PATIENCE);
    await until('a request comes', () => alone.length === 1);
    answer(totalRows([11, 7, 3], [12, 5, 2]) as object);
    assert.deepEqual(said(await reading), { web: ['crm-web 7 3'], api: ['crm-api 5 2'] });
  });

  it('spare a filter that counts nothing its rows while requests wait, whatever the others count', async () => {
    const [full, quiet] = [
      askOf({ name: 'api', projects: ['crm-api'] }),
      askOf({ name: 'web', projects: ['crm-web'] }),
    ];
    projects();
    totals({ projects: ['12', '11'] }, totalRows([12, 2, 1]));
    rows(api, issueRows([null, 12, 2, 1]));
    // Nothing is there for the rows of web.
    const source = createSource({ SENTRY_CONCURRENCY: '1' }, depsOf(held()));
    await source.prepare([], scopeOf());
    assert.deepEqual(said(await readAll(source, [full, quiet])), { api: ['crm-api 2 1'], web: ['crm-web 0 0'] });
  });

  it('together told to wait, wait together, and are asked for together again', async () => {
    const clock = held();
    const source = createSource({}, depsOf(clock));
    projects();
    const calls = totals(
      all,
      { status: 429, body: { detail: 'too many' } },
      totalRows([11, 7, 3], [12, 5, 2]),
      totalRows([11, 8, 4], [12, 6, 3]),
    );
    assert.deepEqual(said(await readAll(source, [WEB, API])), { web: ['crm-web 7 3'], api: ['crm-api 5 2'] });
    assert.ok(
      clock.slept.some((ms) => ms >= 5000 && ms < PATIENCE),
      `a refusal without a hint is waited for: ${clock.slept.join()}`,
    );
    assert.deepEqual(said(await readAll(source, [WEB, API])), { web: ['crm-web 8 4'], api: ['crm-api 6 3'] });
    assert.equal(calls.length, 3);
  });

  it('that are slow together are asked for alone a second after the rows of the filter came', async () => {
    const clock = held();
    projects();
    totals(all, () => new Promise<never>(() => undefined));
    for (const asked of [web, api]) {
      totals(asked, totalRows([Number(asked.projects[0]), 2, 1]));
      rows(asked, issueRows([null, Number(asked.projects[0]), 2, 1]));
    }
    const reading = readAll(createSource({}, depsOf(clock)), [
      askOf({ name: 'web', projects: ['crm-web'] }),
      askOf({ name: 'api', projects: ['crm-api'] }),
    ]);
    await until('two waits of 1000 ms begin', () => clock.slept.filter((ms) => ms === 1000).length === 2);
    clock.advance(1000);
    assert.deepEqual(said(await reading), { web: ['crm-web 2 1'], api: ['crm-api 2 1'] });
  });

  it('over more than a hundred projects are asked for in parts of one page each', async () => {
    const slugs = Array.from({ length: 150 }, (_, index) => `p${index + 1}`);
    projects({ body: slugs.map((slug, index) => ({ id: String(index + 1), slug })) });
    const ids = slugs.map((_, index) => String(index + 1));
    totals({ projects: ids.slice(0, 100) }, totalRows([1, 7, 3]));
    totals({ projects: ids.slice(100) }, totalRows([150, 5, 2]));
    const asks = [slugs.slice(0, 60), slugs.slice(60, 120), slugs.slice(120)].map((some, index) =>
      askOf({ name: `f${index}`, projects: some }, 'totals'),
    );
    const answers = said(await readAll(createSource({}, depsOf(held())), asks)) as Record<string, string[]>;
    assert.deepEqual(
      Object.values(answers)
        .flat()
        .filter((it) => !it.endsWith(' 0 0')),
      ['p1 7 3', 'p150 5 2'],
    );
    assert.deepEqual(
      Object.values(answers).map(({ length }) => length),
      [60, 60, 30],
    );
  });

  it('of which one names a forbidden project: its own gap, the others have their totals', async () => {
    const clock = held();
    const source = createSource({}, depsOf(clock));
    const listed = ['crm-web', 'crm-api', 'closed'].map((slug, n) => ({ id: String(11 + n), slug }));
    const list: Reply = { body: listed.map((it) => ({ ...it, hasAccess: it.slug !== 'closed' })) };
    projects(list, list);
    totals({ projects: ['11', '12', '13'] }, NO);
    totals(web, totalRows([11, 7, 3]));
    totals(api, totalRows([12, 5, 2]));
    totals({ projects: ['13'] }, NO, NO);
    const asks = [WEB, API, askOf({ name: 'closed', projects: ['closed'] }, 'totals')];
    const answers = await readAll(source, asks);
    assert.deepEqual(said(answers), {
      web: ['crm-web 7 3'],
      api: ['crm-api 5 2'],
      closed:
        'filter closed: none of its projects can be read: the token may not read closed; ' +
        'give its integration access (Sentry: You do not have permission to perform this action.)',
    });
    assert.deepEqual(
      answers.flatMap((it) =>
        ('reading' in it ? it.reading.gaps : (it.fault.gaps ?? [])).map(
          ({ reason, project }) => `${it.ask.filter.name}: ${reason} ${project}`,
        ),
      ),
      ['closed: project_forbidden closed'],
    );
  });
});
