import assert from 'node:assert/strict';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { projects, readOne, rows, splits, totalRows, totals } from '../../../../support/sentry/sentry.ts';
import { page, noDetails, counted } from './page-mocks.ts';

describe('counts that do not agree', () => {
  it('totals that grew are read once more, and then agree', async () => {
    projects();
    totals({}, totalRows([11, 4, 1]), totalRows([11, 5, 2]));
    rows({}, page([[1, 11, 5, 2]]));
    noDetails([1]);
    const reading = await readOne();
    assert.deepEqual(
      [reading.totals, reading.unattributed, counted(reading.gaps)],
      [[{ project: 'crm-web', projectId: '11', events: 5, users: 2 }], 0, []],
    );
  });

  it('totals that hold more also when read again: what remains is said', async () => {
    projects();
    totals({}, totalRows([11, 4, 1]), totalRows([11, 8, 2]));
    rows({}, page([[1, 11, 5, 2]]));
    noDetails([1]);
    const reading = await readOne();
    assert.deepEqual(
      [reading.totals[0]?.events, reading.unattributed, counted(reading.gaps)],
      [8, 3, [['issues', 'rows_differ', '3 events belong to no issue that Sentry shows']]],
    );
  });

  it('totals that cannot be read again stand as they were', async () => {
    projects();
    totals({}, totalRows([11, 9, 1]), { status: 400, body: { detail: 'no' } });
    rows({}, page([[1, 11, 5, 2]]));
    noDetails([1]);
    const reading = await readOne();
    assert.deepEqual([reading.totals[0]?.events, reading.unattributed], [9, 4]);
  });

  for (const none of [null, 0]) {
    it(`events without an issue (${none}) are unattributed, and the totals are not asked again`, async () => {
      projects();
      totals({}, totalRows([11, 7, 3]));
      rows(
        {},
        page([
          [1, 11, 5, 2],
          [none, 11, 2, 1],
        ]),
      );
      noDetails([1]);
      const reading = await readOne();
      assert.deepEqual(
        [reading.issues.length, reading.unattributed, counted(reading.gaps)],
        [1, 2, [['issues', 'rows_differ', '2 events belong to no issue that Sentry shows']]],
      );
    });
  }

  it('splits that do not add up to the issues are a gap', async () => {
    projects();
    totals({}, totalRows([11, 5, 2]));
    rows({}, page([[1, 11, 5, 2]]));
    splits(
      ['release'],
      {},
      {
        body: {
          data: [
            { 'issue.id': 1, 'project.id': 11, release: '1', 'count()': 3 },
            { 'issue.id': null, 'project.id': 11, release: '1', 'count()': 9 },
          ],
        },
      },
    );
    noDetails([1]);
    assert.deepEqual(counted((await readOne({ tags: ['release'] })).gaps), [
      ['splits', 'rows_differ', 'issues and their splits differ by 2 events'],
    ]);
  });
});

describe('answers of other shapes', () => {
  const table: readonly (readonly [string, Reply, string])[] = [
    [
      'a bare list, as old servers give',
      { body: [] },
      'sentry: the events table answered a bare list: this server has no events table',
    ],
    ['an object without data', { body: { rows: [] } }, 'sentry: the events table answered no `data` list'],
    [
      'a row without a count',
      { body: { data: [{ 'project.id': 11, 'count_unique(user)': 1 }] } },
      'sentry: the events table answered a row without count() (it has project.id, count_unique(user)); ' +
        'check SENTRY_URL and what stands between',
    ],
    [
      'a negative count',
      { body: { data: [{ 'project.id': 11, 'count()': -1, 'count_unique(user)': 1 }] } },
      'sentry: the events table has no number in count()',
    ],
    [
      'an empty count',
      { body: { data: [{ 'project.id': 11, 'count()': '', 'count_unique(user)': 1 }] } },
      'sentry: the events table has no number in count()',
    ],
    [
      'a count that is a word',
      { body: { data: [{ 'project.id': 11, 'count()': 'x', 'count_unique(user)': 1 }] } },
      'sentry: the events table has no number in count()',
    ],
    [
      'a page with 200',
      { body: '<html>Sign in</html>', headers: { 'Content-Type': 'text/html; charset=utf-8' } },
      'sentry: answered 200 with something that is not JSON (text/html, 20 characters); check SENTRY_URL and what stands between',
    ],
    [
      'nothing with 200',
      { body: '' },
      'sentry: answered 200 with something that is not JSON (no content type, 0 characters); check SENTRY_URL and what stands between',
    ],
    [
      'a redirect',
      { status: 302, headers: { Location: 'https://sentry.io/auth/login/' } },
      'sentry: answered 302, a redirect, which is not followed; check SENTRY_URL',
    ],
  ];
  for (const [name, reply, message] of table) {
    it(`${name}: a fault of this filter`, async () => {
      projects();
      totals({}, reply);
      rows({}, { body: { data: [] } });
      await assert.rejects(readOne(), { message });
    });
  }

  it('counts and ids in text are read', async () => {
    projects();
    totals({}, { body: { data: [{ 'project.id': '11', 'count()': '5', 'count_unique(user)': '2' }] } });
    rows(
      {},
      { body: { data: [{ 'issue.id': '6507376925', 'project.id': '11', 'count()': '5', 'count_unique(user)': '2' }] } },
    );
    noDetails([6507376925]);
    const reading = await readOne();
    assert.deepEqual(
      [reading.totals[0], reading.issues[0]?.events, reading.issues[0]?.issueId],
      [{ project: 'crm-web', projectId: '11', events: 5, users: 2 }, 5, '6507376925'],
    );
  });
});
