import assert from 'node:assert/strict';
import { dayIn } from '../../../../src/core/people/sheets/day-in.ts';
import { MOST_COLUMNS, MOST_ROWS, NoSheet, sheetOf } from '../../../../src/core/people/sheets/table.ts';
import { untilGap } from '../../../../src/core/people/sheets/until-gap.ts';
import { oneLine, shortened } from '../../../../src/core/people/words.ts';

const refused = (grid: readonly (readonly string[])[], why: RegExp): void =>
  assert.throws(
    () => sheetOf(grid, 'y-m-d'),
    (error) => error instanceof NoSheet && why.test(error.message),
  );

describe('a sheet', () => {
  it('has its cells by header, in rows as people count them', () => {
    const grid = [
      ['Task', '  Main\n Person ', '', 'NOTES'],
      ['Breakfast', ' Ann ', 'under no header', ''],
      ['', '', '', ' '],
      ['007', 'Bob', '', 'two\r\nlines\u202E'],
    ];
    assert.deepEqual(sheetOf(grid, 'd.m.y'), {
      columns: ['task', 'main person', 'notes'],
      rows: [
        { row: 2, cells: { task: 'Breakfast', 'main person': 'Ann' } },
        { row: 4, cells: { task: '007', 'main person': 'Bob', notes: 'two\nlines' } },
      ],
      dates: 'd.m.y',
    });
  });

  it('keeps a column of whatever name', () => {
    const { rows } = sheetOf(
      [
        ['__proto__', 'constructor'],
        ['a', 'b'],
      ],
      'y-m-d',
    );
    assert.deepEqual(Object.entries(rows[0]!.cells), [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it('may have rows that are shorter than its header', () =>
    assert.deepEqual(sheetOf([['a', 'b'], ['1'], ['', '']], 'y-m-d').rows, [{ row: 2, cells: { a: '1' } }]));

  it('is refused where it cannot be understood', () => {
    refused([], /has no header/);
    refused([['', ' '], ['a']], /has no header/);
    refused([['Main', 'main ']], /has two columns "main"/);
    refused([['a'], ['1', '2']], /more cells in row 2 than in its header/);
    refused([Array.from({ length: MOST_COLUMNS + 1 }, (_, at) => `c${at}`)], /more than 200 columns/);
    refused(
      Array.from({ length: MOST_ROWS + 2 }, () => ['a']),
      /more than 10000 rows/,
    );
    refused([['a'], ['x'.repeat(10_001)]], /more than 10000 letters in a cell of row 2/);
  });

  it('above its first empty row is what counts to some', () => {
    const rows = [2, 3, 5, 6].map((row) => ({ row, cells: { a: String(row) } }));
    assert.deepEqual(
      untilGap({ rows }).map(({ row }) => row),
      [2, 3],
    );
    assert.deepEqual(untilGap({ rows: rows.slice(0, 2) }).length, 2);
    assert.deepEqual(untilGap({ rows: rows.slice(1) }), []);
  });
});

describe('a day in a cell', () => {
  for (const [text, form, wanted] of [
    ['2026-02-28', 'y-m-d', '2026-02-28'],
    ['2026-2-8', 'y-m-d', '2026-02-08'],
    ['03.04.2026', 'd.m.y', '2026-04-03'],
    ['3. 4. 2026 ', 'd.m.y', '2026-04-03'],
    ['3/4/2026', 'd/m/y', '2026-04-03'],
    ['3/4/2026', 'm/d/y', '2026-03-04'],
    ['2024-02-29', 'm/d/y', '2024-02-29'],
    ['29.02.2025', 'd.m.y', null],
    ['13/13/2026', 'm/d/y', null],
    ['3.4.26', 'd.m.y', null],
    ['0000-01-01', 'y-m-d', null],
    ['3/4/2026', 'd.m.y', null],
    ['soon', 'd.m.y', null],
    ['', 'y-m-d', null],
  ] as const)
    it(`is ${String(wanted)} for ${text || 'nothing'} as ${form}`, () => assert.equal(dayIn(text, form), wanted));
});

describe('words of strangers', () => {
  it('are one line without what is not seen', () => assert.equal(oneLine(' a\u0000\n\t b\u2066c '), 'a bc'));
  it('are shortened only where they are long', () => {
    assert.equal(shortened('abc', 3), 'abc');
    assert.equal(shortened('abcd', 3), 'ab…');
  });
});
