import assert from 'node:assert/strict';
import { createSource, projects, readOne, rows, splits, totalRows, totals } from '../../../../support/sentry/sentry.ts';
import { type Row, page, noDetails, counted } from './page-mocks.ts';

function pageOf(from: number, count: number): Row[] {
  return Array.from({ length: count }, (_, index): Row => [from + index, 11, 1, 1]);
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
