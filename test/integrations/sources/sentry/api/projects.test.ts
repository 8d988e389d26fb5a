import assert from 'node:assert/strict';
import { UpstreamError } from '../../../../../src/core/model/errors.ts';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import type { Source } from '../../../../../src/core/ports/source.ts';
import type { Client } from '../../../../../src/integrations/sources/sentry/api/client.ts';
import { createProjects } from '../../../../../src/integrations/sources/sentry/api/projects.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf, type TestScope } from '../../../../support/build/scope.ts';
import { createClock } from '../../../../support/time/clock.ts';
import {
  askOf,
  createSource,
  projects as mockList,
  readAll,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

const MINUTE = 60_000;

/** A client whose list of projects is there, or not. */
function listing(): { client: Client; down: boolean; asked: number } {
  const it = {
    down: false,
    asked: 0,
    client: {
      name: 'sentry',
      org: 'acme',
      organizationsUrl: 'https://sentry.io/api/0/organizations/',
      url: (...parts: readonly string[]) => parts.join('/'),
      issueUrl: (...parts: readonly string[]) => parts.join('/'),
      projectUrl: (...parts: readonly string[]) => parts.join('/'),
      get: async () => {
        it.asked++;
        if (it.down)
          throw new UpstreamError('sentry: answered 503', { service: 'sentry', status: 503, retryable: true });
        return {
          body: [
            { id: '11', slug: 'web' },
            { id: '12', slug: 'api' },
          ],
          next: null,
          isLinked: true,
          isGlitchTip: false,
        };
      },
    } satisfies Client,
  };
  return it;
}

describe('the projects, as they are remembered', () => {
  it('that are forbidden are left out for five minutes, also while a misspelt slug has the list read again', async () => {
    let now = 0;
    const projects = createProjects(listing().client, () => now);
    const reasons = async (): Promise<unknown> =>
      (await projects.resolve(['web', 'wbe'], scopeOf())).gaps.map(({ reason }) => reason);
    await projects.resolve(['web'], scopeOf());
    projects.forbid('11');
    now = 4 * MINUTE;
    assert.deepEqual(await reasons(), ['project_forbidden', 'project_not_found']);
    now = 5 * MINUTE;
    assert.deepEqual(await reasons(), ['project_not_found']);
  });

  it('serve from the older list, with a warning, when it cannot be read again, and are read when it can', async () => {
    let now = 0;
    const list = listing();
    const projects = createProjects(list.client, () => now);
    await projects.resolve(['web'], scopeOf());
    list.down = true;
    now = 61 * MINUTE;
    const scope = scopeOf();
    assert.deepEqual((await projects.resolve(['web'], scope)).projects, [{ slug: 'web', id: '11' }]);
    assert.deepEqual(
      scope.log.lines.map(({ level, fields }) => [level, fields['error']]),
      [['warn', 'sentry: answered 503']],
    );
    list.down = false;
    await projects.resolve(['web'], { ...scopeOf(), runId: 'run-2' });
    assert.equal(list.asked, 3);
  });

  it('cannot be told without any list', async () => {
    const list = listing();
    list.down = true;
    await assert.rejects(createProjects(list.client, () => 0).resolve(['web'], scopeOf()), /answered 503/);
  });
});

const FORBIDDEN: Reply = { status: 403, body: { detail: 'no' } };
const DOWN: Reply = { status: 401, body: { detail: 'Invalid token' } };
const BOTH = { projects: ['crm-web', 'crm-api'] };
const both = { projects: ['11', '12'] };
const WEB = { id: '11', slug: 'crm-web' };
const API = { id: '12', slug: 'crm-api' };
const CLOSED = { ...API, hasAccess: false };
const LIST: Reply = { body: [WEB, API] };

/** The fault, or the counts and gaps, of one filter. */
async function outcome(source: Source, filter: Partial<Filter>, scope: TestScope = scopeOf()): Promise<unknown> {
  const [answer] = await readAll(source, [askOf(filter, 'totals')], scope);
  assert.ok(answer !== undefined);
  if ('fault' in answer) return answer.fault.message.replace(/;.*/, '');
  const { totals: all, gaps } = answer.reading;
  return [all.map(({ project, events }) => [project, events]), gaps.map(({ reason, project }) => [reason, project])];
}

describe('a request that is refused wholesale (403)', () => {
  it('is a fault when each project is refused alone, and none of them is forbidden', async () => {
    const source = createSource();
    mockList(LIST, LIST);
    totals(both, FORBIDDEN, totalRows([11, 3, 1], [12, 4, 1]));
    for (const id of ['11', '12']) totals({ projects: [id] }, FORBIDDEN);
    assert.equal(await outcome(source, BOTH), 'sentry: answered 403: no');
    assert.deepEqual(await outcome(source, BOTH), [
      [
        ['crm-web', 3],
        ['crm-api', 4],
      ],
      [],
    ]);
  });

  it('is a fault, in the first words, when the only project is refused, and it is not forbidden', async () => {
    const source = createSource();
    mockList(LIST, { body: [{ ...WEB, hasAccess: true }] });
    totals({}, { status: 403, body: { detail: 'first' } }, FORBIDDEN, totalRows([11, 3, 1]));
    assert.equal(await outcome(source, {}), 'sentry: answered 403: first');
    assert.deepEqual(await outcome(source, {}), [[['crm-web', 3]], []]);
  });

  it('is a fault when the list explains only some of it, and none is forbidden', async () => {
    const source = createSource();
    mockList({ body: [WEB, CLOSED] }, { body: [WEB, CLOSED] });
    totals(both, FORBIDDEN, totalRows([11, 3, 1]));
    for (const id of ['11', '12']) totals({ projects: [id] }, FORBIDDEN);
    assert.equal(await outcome(source, BOTH), 'sentry: answered 403: no');
    assert.deepEqual(await outcome(source, BOTH), [
      [
        ['crm-web', 3],
        ['crm-api', 0],
      ],
      [],
    ]);
  });

  it('is a fault with a gap of each when the list says of all that they are closed', async () => {
    const list: Reply = { body: [{ ...WEB, hasAccess: false }, CLOSED] };
    mockList(list, list);
    totals(both, FORBIDDEN);
    for (const id of ['11', '12']) totals({ projects: [id] }, FORBIDDEN);
    const [answer] = await readAll(createSource(), [askOf(BOTH, 'totals')]);
    assert.ok(answer !== undefined && 'fault' in answer);
    assert.deepEqual(
      answer.fault.gaps?.map(({ reason, project }) => [reason, project]),
      [
        ['project_forbidden', 'crm-web'],
        ['project_forbidden', 'crm-api'],
      ],
    );
  });
});

describe('a forbidden project', () => {
  for (const [name, slugs, reads] of [
    ['is young', ['crm-web', 'crm-api'], 2],
    ['is read anew for a misspelt slug', ['crm-web', 'crm-api', 'misspelt'], 3],
  ] as const) {
    it(`is asked for again after five minutes, also when the list ${name}`, async () => {
      const clock = createClock();
      const source = createSource({}, depsOf(clock));
      const missing = slugs.slice(2).map((slug) => ['project_not_found', slug]);
      const forbidden = [['project_forbidden', 'crm-api'], ...missing];
      mockList(...Array.from({ length: reads }, () => LIST));
      totals(both, FORBIDDEN, totalRows([11, 4, 1], [12, 7, 1]));
      totals({ projects: ['11'] }, totalRows(), totalRows([11, 1, 1]), totalRows([11, 2, 1]));
      totals({ projects: ['12'] }, FORBIDDEN);
      assert.deepEqual(await outcome(source, { projects: slugs }), [[['crm-web', 1]], forbidden]);
      clock.advance(5 * MINUTE - 1);
      assert.deepEqual(await outcome(source, { projects: slugs }), [[['crm-web', 2]], forbidden]);
      clock.advance(1);
      assert.deepEqual(await outcome(source, { projects: slugs }), [
        [
          ['crm-web', 4],
          ['crm-api', 7],
        ],
        missing,
      ]);
    });
  }
});

describe('a list of projects that cannot be read again', () => {
  it('is asked for once a run, with one warning, and again in the next', async () => {
    const clock = createClock();
    const source = createSource({}, depsOf(clock));
    const calls = mockList(LIST, DOWN, LIST);
    totals({}, ...[1, 2, 3, 4].map((events) => totalRows([11, events, 1])));
    const run = async (scope: TestScope): Promise<unknown> => [await outcome(source, {}, scope), calls.length];
    const seen = (events: number, reads: number): unknown => [[[['crm-web', events]], []], reads];
    assert.deepEqual(await run(scopeOf()), seen(1, 1));
    clock.advance(60 * MINUTE);
    const scope = { ...scopeOf(), runId: 'run-2' };
    assert.deepEqual([await run(scope), await run(scope)], [seen(2, 2), seen(3, 2)]);
    assert.equal(
      scope.log.texts().filter((text) => text === 'the list of projects cannot be read again, the older one serves')
        .length,
      1,
    );
    assert.deepEqual(await run({ ...scopeOf(), runId: 'run-3' }), seen(4, 3));
  });

  it('after a 403 serves to find the project that is refused', async () => {
    mockList(LIST, DOWN);
    totals(both, FORBIDDEN);
    totals({ projects: ['11'] }, totalRows(), totalRows([11, 2, 1]));
    totals({ projects: ['12'] }, FORBIDDEN);
    assert.deepEqual(await outcome(createSource(), BOTH), [[['crm-web', 2]], [['project_forbidden', 'crm-api']]]);
  });
});
