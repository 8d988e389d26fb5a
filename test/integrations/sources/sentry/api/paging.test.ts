import assert from 'node:assert/strict';
import type { Gap } from '../../../../../src/core/model/gap.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import {
  createSource,
  details,
  issueRows,
  link,
  projects,
  readOne,
  rows,
  splits,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

type Row = readonly [number | null, number, number, number];

function pageOf(from: number, count: number): Row[] {
  return Array.from({ length: count }, (_, index): Row => [from + index, 11, 1, 1]);
}

function page(all: readonly Row[], next?: string, results = true): Reply {
  return { ...issueRows(...all), headers: next === undefined ? {} : link(next, results) };
}

/** Details are of no interest here: a page without any. */
function noDetails(ids: readonly number[]): void {
  for (let from = 0; from < ids.length; from += 100)
    details(ids.slice(from, from + 100).map(String), ['11'], { body: [] });
}

function counted(gaps: readonly Gap[]): unknown {
  return gaps.filter(({ part }) => part !== 'details').map(({ part, reason, detail }) => [part, reason, detail]);
}

describe('the pages of Sentry', () => {
  it('are followed by their cursor, with the same parameters, to the end', async () => {
    projects();
    totals({}, totalRows([11, 203, 9]));
    rows({}, page(pageOf(1, 100), '0:100:0'));
    rows({ cursor: '0:100:0' }, page(pageOf(101, 100), '0:200:0'));
    rows({ cursor: '0:200:0' }, page(pageOf(201, 3), '0:300:0', false));
    noDetails(pageOf(1, 203).map(([id]) => id!));
    const reading = await readOne();
    assert.deepEqual([reading.issues.length, reading.unattributed, counted(reading.gaps)], [203, 0, []]);
  });

  it('may be short or empty and not the last', async () => {
    projects();
    totals({}, totalRows([11, 2, 2]));
    rows({}, page(pageOf(1, 1), '0:100:0'));
    rows({ cursor: '0:100:0' }, page([], '0:200:0'));
    rows({ cursor: '0:200:0' }, page(pageOf(2, 1), '0:300:0', false));
    noDetails([1, 2]);
    assert.deepEqual(
      (await readOne()).issues.map(({ issueId }) => issueId),
      ['1', '2'],
    );
  });

  it('on which a row comes twice shifted: it is kept once, and that is a gap', async () => {
    projects();
    totals({}, totalRows([11, 3, 3]));
    rows(
      {},
      page(
        [
          [1, 11, 2, 1],
          [2, 11, 1, 1],
        ],
        '0:100:0',
      ),
    );
    rows({ cursor: '0:100:0' }, page([[2, 11, 1, 1]]));
    noDetails([1, 2]);
    const reading = await readOne();
    assert.deepEqual(
      [reading.issues.map(({ issueId, events }) => [issueId, events]), counted(reading.gaps)],
      [
        [
          ['1', 2],
          ['2', 1],
        ],
        [['issues', 'pages_shifted', 'rows moved while the pages were read']],
      ],
    );
  });

  it('that do not advance are a gap, and are not read for ever', async () => {
    projects();
    totals({}, totalRows([11, 2, 2]));
    rows({}, page(pageOf(1, 1), '0:100:0'));
    rows({ cursor: '0:100:0' }, page(pageOf(2, 1), '0:100:0'));
    noDetails([1, 2]);
    assert.deepEqual(counted((await readOne()).gaps), [['issues', 'pages_broken', 'the pages did not come to an end']]);
  });

  it('that are empty without end are a gap', async () => {
    projects();
    totals({}, totalRows([11, 1, 1]));
    rows({}, page([], '1'));
    for (let at = 1; at < 22; at++) rows({ cursor: String(at) }, page([], String(at + 1)));
    assert.deepEqual(counted((await readOne()).gaps), [['issues', 'pages_broken', 'the pages did not come to an end']]);
  });

  it('above MAX_ROWS are not read, and that is a gap, with the rest in the totals', async () => {
    projects();
    totals({}, totalRows([11, 500, 9]));
    rows({}, page(pageOf(1, 100), '0:100:0'));
    rows({ cursor: '0:100:0' }, page(pageOf(101, 100), '0:200:0'));
    noDetails(pageOf(1, 150).map(([id]) => id!));
    const reading = await readOne({}, createSource({ MAX_ROWS: '150' }));
    assert.deepEqual(
      [reading.issues.length, reading.unattributed, counted(reading.gaps)],
      [150, 350, [['issues', 'row_limit', 'more than 150 rows (MAX_ROWS)']]],
    );
  });

  it('of exactly MAX_ROWS rows are whole', async () => {
    projects();
    totals({}, totalRows([11, 100, 9]));
    rows({}, page(pageOf(1, 100), '0:100:0', false));
    noDetails(pageOf(1, 100).map(([id]) => id!));
    assert.deepEqual(counted((await readOne({}, createSource({ MAX_ROWS: '100' }))).gaps), []);
  });

  it('of which a later one fails keep what was read, and the rest is a gap', async () => {
    projects();
    totals({}, totalRows([11, 150, 9]));
    rows({}, page(pageOf(1, 100), '0:100:0'));
    rows({ cursor: '0:100:0' }, { status: 400, body: { detail: 'Invalid cursor parameter.' } });
    noDetails(pageOf(1, 100).map(([id]) => id!));
    const reading = await readOne();
    assert.deepEqual(
      [reading.issues.length, reading.unattributed, counted(reading.gaps)],
      [100, 50, [['issues', 'not_answered', 'sentry: answered 400: Invalid cursor parameter.']]],
    );
  });

  it('of which the first one fails are a gap, and the totals stand', async () => {
    projects();
    totals({}, totalRows([11, 150, 9]));
    rows({}, { status: 400, body: { detail: 'no' } });
    const reading = await readOne();
    assert.deepEqual(
      [reading.totals[0]?.events, reading.issues, reading.unattributed, counted(reading.gaps)],
      [150, [], 150, [['issues', 'not_answered', 'sentry: answered 400: no']]],
    );
  });

  it('of splits have gaps of their own', async () => {
    projects();
    totals({}, totalRows([11, 1, 1]));
    rows({}, page(pageOf(1, 1)));
    splits(['tags[a-b]'], {}, { status: 400, body: { detail: 'Invalid characters in field' } });
    noDetails([1]);
    assert.deepEqual(counted((await readOne({ tags: ['a-b'] })).gaps), [
      ['splits', 'not_answered', 'sentry: answered 400: Invalid characters in field'],
    ]);
  });

  it('of splits are told apart by all their tags', async () => {
    const split = (a: unknown, b: unknown, events: number): object => ({
      'issue.id': 1,
      'project.id': 11,
      'tags[a]': a,
      'tags[b]': b,
      'count()': events,
    });
    projects();
    totals({}, totalRows([11, 10, 1]));
    rows({}, page([[1, 11, 10, 1]]));
    splits(
      ['tags[a]', 'tags[b]'],
      {},
      { body: { data: [split('x', 'y', 4), split('x,y', '', 3), split('x', null, 2), split(1, true, 1)] } },
    );
    noDetails([1]);
    const reading = await readOne({ tags: ['a', 'b'] });
    assert.deepEqual(
      [reading.splits.map(({ tags, events }) => [tags, events]), counted(reading.gaps)],
      [
        [
          [{ a: 'x', b: 'y' }, 4],
          [{ a: 'x,y' }, 3],
          [{ a: 'x' }, 2],
          [{ a: '1', b: 'true' }, 1],
        ],
        [],
      ],
    );
  });
});

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

  for (const [name, again, unattributed, detail] of [
    ['more', 8, 3, '3 events belong to no issue that Sentry shows'],
    ['fewer', 3, 0, 'the issues hold 2 events more than the totals'],
  ] as const) {
    it(`totals that hold ${name} also when read again: what remains is said`, async () => {
      projects();
      totals({}, totalRows([11, 4, 1]), totalRows([11, again, 2]));
      rows({}, page([[1, 11, 5, 2]]));
      noDetails([1]);
      const reading = await readOne();
      assert.deepEqual(
        [reading.totals[0]?.events, reading.unattributed, counted(reading.gaps)],
        [again, unattributed, [['issues', 'rows_differ', detail]]],
      );
    });
  }

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
      'sentry: the events table has no number in count()',
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
      'sentry: answered 302, a redirect, which is not followed; check the URL setting',
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
