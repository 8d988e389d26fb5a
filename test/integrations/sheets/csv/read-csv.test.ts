import assert from 'node:assert/strict';
import { NoSheet } from '../../../../src/core/people/sheets/table.ts';
import { readCsv } from '../../../../src/integrations/sheets/csv/read-csv.ts';

describe('CSV', () => {
  for (const [what, text, wanted] of [
    [
      'with commas',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with semicolons, and commas of decimals',
      'a;b\r\n1;2,5\r\n',
      [
        ['a', 'b'],
        ['1', '2,5'],
      ],
    ],
    [
      'with tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['of one column', 'a\n1', [['a'], ['1']]],
    [
      'with a comma in a quoted header of semicolons',
      '"a,b,c";d\n1;2',
      [
        ['a,b,c', 'd'],
        ['1', '2'],
      ],
    ],
    [
      'with a byte order mark',
      '\uFEFFa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with several ends of lines',
      'a,b\r\n1,2\n3,4\r5,6',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    [
      'with lines, quotes and commas in a cell',
      'a,b\n"x\ny","say ""hi"", Ann"',
      [
        ['a', 'b'],
        ['x\ny', 'say "hi", Ann'],
      ],
    ],
    ['with rows of other lengths, and an empty one', 'a,b\n1\n\n1,2,3', [['a', 'b'], ['1'], [''], ['1', '2', '3']]],
    [
      'with what looks like numbers, days and formulas',
      'a,b,c\n007,3/4/2026,=1+1',
      [
        ['a', 'b', 'c'],
        ['007', '3/4/2026', '=1+1'],
      ],
    ],
    ['of nothing', '', []],
  ] as const)
    it(`is read ${what}`, () => assert.deepEqual(readCsv(text), wanted));

  for (const [what, text, why] of [
    ['a web page', '\n <!DOCTYPE html><html>', /is a web page; publish the sheet/],
    ['an open quote', 'a,b\n"1,2', /is no CSV, in line 2: a quote is open/],
    ['a quote out of place', 'a,b\n1,2"3', /is no CSV, in line 2/],
  ] as const)
    it(`is not ${what}`, () =>
      assert.throws(
        () => readCsv(text),
        (error) => error instanceof NoSheet && why.test(error.message),
      ));
});
