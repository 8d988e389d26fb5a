import assert from 'node:assert/strict';
import type { Reply } from '../../../../support/build/http-mock.ts';
import {
  askOf,
  createSource,
  projects,
  readAll,
  readOne,
  rows,
  splits,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';
import { counted, noDetails, page } from './page-mocks.ts';

const CHECK = '; check SENTRY_URL and what stands between';

function table(...data: readonly unknown[]): Reply {
  return { body: { data } };
}

describe('totals that are not what was asked for', () => {
  const wrong: readonly (readonly [string, Reply, string])[] = [
    [
      'a row without its project',
      table({ 'count()': 5, 'count_unique(user)': 2 }),
      'sentry: the events table answered a row without project.id (it has count(), count_unique(user))' + CHECK,
    ],
    [
      'fields of other names',
      table({ project_id: 11, count: 5, count_unique_user: 2 }),
      'sentry: the events table answered a row without project.id (it has project_id, count, count_unique_user)' +
        CHECK,
    ],
    [
      'many other fields',
      table(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, n]))),
      'sentry: the events table answered a row without project.id (it has f0, f1, f2, f3, f4, f5, f6, f7, …)' + CHECK,
    ],
    [
      'a row without anything',
      table({}),
      'sentry: the events table answered a row without project.id (it has nothing)' + CHECK,
    ],
    [
      'a project that nobody asked for',
      table({ 'project.id': 999, 'count()': 5, 'count_unique(user)': 2 }),
      'sentry: the events table answered a row of a project that was not asked for (project.id 999)' + CHECK,
    ],
    [
      'a project that nobody asked for, beside the right one',
      table(
        { 'project.id': 11, 'count()': 5, 'count_unique(user)': 2 },
        { 'project.id': '999', 'count()': 1, 'count_unique(user)': 1 },
      ),
      'sentry: the events table answered a row of a project that was not asked for (project.id "999")' + CHECK,
    ],
    [
      'a slug in place of the id',
      table({ 'project.id': 'crm-web', 'count()': 5, 'count_unique(user)': 2 }),
      'sentry: the events table answered a row of a project that was not asked for (project.id "crm-web")' + CHECK,
    ],
    [
      'a project of null',
      table({ 'project.id': null, 'count()': 5, 'count_unique(user)': 2 }),
      'sentry: the events table answered a row of a project that was not asked for (project.id null)' + CHECK,
    ],
    [
      'one project twice',
      table(
        { 'project.id': 11, 'count()': 5, 'count_unique(user)': 2 },
        { 'project.id': '11', 'count()': 1, 'count_unique(user)': 1 },
      ),
      'sentry: the events table answered two rows for the same project.id on one page' + CHECK,
    ],
    [
      'a broken count',
      table({ 'project.id': 11, 'count()': 1.5, 'count_unique(user)': 2 }),
      'sentry: the events table has 1.5 in count(), and a count is a whole number below 2^53',
    ],
    [
      'a count past all counting',
      table({ 'project.id': 11, 'count()': 1e308, 'count_unique(user)': 2 }),
      'sentry: the events table has 1e+308 in count(), and a count is a whole number below 2^53',
    ],
    [
      'a count of which neighbours cannot be told apart',
      table({ 'project.id': 11, 'count()': '9007199254740992', 'count_unique(user)': 2 }),
      'sentry: the events table has 9007199254740992 in count(), and a count is a whole number below 2^53',
    ],
    [
      'a broken count of users',
      table({ 'project.id': 11, 'count()': 3, 'count_unique(user)': '2.5' }),
      'sentry: the events table has 2.5 in count_unique(user), and a count is a whole number below 2^53',
    ],
  ];
  for (const want of ['full', 'totals'] as const)
    for (const [name, reply, message] of wrong)
      it(`(${want}) ${name}: not read, and the words name the shape`, async () => {
        projects();
        totals({}, reply);
        if (want === 'full') rows({}, { body: { data: [] } });
        const [answer] = await readAll(createSource(), [askOf({}, want)]);
        assert.equal(answer !== undefined && 'fault' in answer && answer.fault.message, message);
      });

  for (const [name, again, words] of [
    ['nothing', [], 'answered 0 events in all for crm-web, and 5 by issue'],
    ['less', [[11, 3, 2]], 'answered 3 events in all for crm-web, and 5 by issue'],
  ] as const)
    it(`${name} where issues hold events, also when read again: totals below their parts are none`, async () => {
      projects();
      totals({}, totalRows(...again), totalRows(...again));
      rows({}, page([[1, 11, 5, 2]]));
      noDetails([1]);
      await assert.rejects(readOne(), {
        message: `sentry: the events table ${words}: totals below their parts are no totals`,
      });
    });
});

describe('rows that are not what was asked for', () => {
  const wrong: readonly (readonly [string, Reply, string])[] = [
    [
      'a project that nobody asked for',
      table({ 'issue.id': 1, 'project.id': 999, 'count()': 5, 'count_unique(user)': 2 }),
      `answered a row of a project that was not asked for (project.id 999)${CHECK}`,
    ],
    [
      'two rows without their issue',
      table(
        { 'project.id': 11, 'count()': 3, 'count_unique(user)': 2 },
        { 'project.id': 11, 'count()': 2, 'count_unique(user)': 2 },
      ),
      `answered a row without issue.id (it has project.id, count(), count_unique(user))${CHECK}`,
    ],
    [
      'one issue twice on a page',
      table(
        { 'issue.id': 1, 'project.id': 11, 'count()': 3, 'count_unique(user)': 2 },
        { 'issue.id': 1, 'project.id': 11, 'count()': 2, 'count_unique(user)': 2 },
      ),
      `answered two rows for the same issue.id, project.id on one page${CHECK}`,
    ],
  ];
  const broken = table({ 'issue.id': 1, 'project.id': 11, 'count()': 5, 'count_unique(user)': 1.5 });
  for (const [name, reply, words] of [
    ...wrong,
    ['a broken count', broken, 'has 1.5 in count_unique(user), and a count is a whole number below 2^53'],
  ] as const)
    it(`${name}: the totals stand, and the gap names the shape`, async () => {
      projects();
      totals({}, totalRows([11, 5, 2]));
      rows({}, reply);
      const reading = await readOne();
      assert.deepEqual(
        [reading.totals[0]?.events, reading.issues, counted(reading.gaps)],
        [5, [], [['issues', 'not_answered', `sentry: the events table ${words}`]]],
      );
    });

  it('tag values of 200 kB are cut where they come in', async () => {
    projects();
    totals({}, totalRows([11, 5, 2]));
    rows({}, page([[1, 11, 5, 2]]));
    noDetails([1]);
    const release = 'x'.repeat(200_000);
    splits(['release'], {}, table({ 'issue.id': 1, 'project.id': 11, release, 'count()': 5 }));
    const reading = await readOne({ tags: ['release'] });
    assert.deepEqual(reading.splits, [
      { issueId: '1', project: 'crm-web', tags: { release: `${'x'.repeat(4095)}…` }, events: 5 },
    ]);
  });

  it('splits without a tag that was asked for: a gap, no split without it', async () => {
    projects();
    totals({}, totalRows([11, 5, 2]));
    rows({}, page([[1, 11, 5, 2]]));
    noDetails([1]);
    splits(['release'], {}, table({ 'issue.id': 1, 'project.id': 11, 'count()': 5 }));
    const reading = await readOne({ tags: ['release'] });
    assert.deepEqual(reading.splits, []);
    assert.deepEqual(counted(reading.gaps), [
      [
        'splits',
        'not_answered',
        `sentry: the events table answered a row without release (it has issue.id, project.id, count())${CHECK}`,
      ],
    ]);
  });
});
