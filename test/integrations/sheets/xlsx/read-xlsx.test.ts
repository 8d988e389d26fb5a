import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { NoSheet } from '../../../../src/core/people/sheets/table.ts';
import { readXlsx } from '../../../../src/integrations/sheets/xlsx/read-xlsx.ts';
import { number, rowsOf, type Tab, text, workbookOf } from '../../../support/people/workbooks.ts';

const HEADER = rowsOf([text('Main')]);
const tab = (rows: string, more: Partial<Tab> = {}): Tab => ({ name: 'Duty', rows, ...more });
const read = async (rows: string, options = {}) => (await readXlsx(workbookOf([tab(rows)], options))).grid;
const refused = (reading: Promise<unknown>, why: RegExp): Promise<void> =>
  assert.rejects(reading, (error) => error instanceof NoSheet && why.test(error.message));

describe('a workbook', () => {
  it('has its texts as they are', async () =>
    assert.deepEqual(
      await read(rowsOf([text('Main'), text(' Bob ')], [text('007'), text('x\ny')], [], [text('=1+1')])),
      [
        ['Main', ' Bob '],
        ['007', 'x\ny'],
        ['', ''],
        ['=1+1', ''],
      ],
    ));

  it('has days and times as one reads them, also where they are kept a little too early', async () =>
    assert.deepEqual(
      await read(
        rowsOf(
          [number('46111', 1), number('46111.39600694444', 3), number('0.3958333333333333', 2)],
          [number('46111.39583333334', 3), number('0.999988425925926', 2), number('1.5', 4)],
        ),
      ),
      [
        ['2026-03-30', '2026-03-30 09:30:15', '09:30'],
        ['2026-03-30 09:30', '23:59:59', '36:00'],
      ],
    ));

  it('of the other epoch has the same days', async () =>
    assert.deepEqual(await read(rowsOf([number('44649', 1), number('1.5', 4)]), { is1904: true }), [
      ['2026-03-30', '36:00'],
    ]));

  it('has numbers as one reads them, also long ones, and what they were rounded to', async () =>
    assert.deepEqual(
      await read(
        rowsOf([number('0.30000000000000004'), number('49123'), number('7.005942979381658e+17'), number('0.25')]),
      ),
      [['0.3', '49123', '700594297938166000', '0.25']],
    ));

  it('has the last result of formulas, none where there never was one, and nothing of what went wrong', async () =>
    assert.deepEqual(
      await read(
        rowsOf([
          '<c><f>1+1</f><v>2</v></c>',
          '<c><f>A2+1</f><v/></c>',
          '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
          '<c t="b"><v>1</v></c>',
          '<c t="b"><v>0</v></c>',
          '<c t="str"><f>A1&amp;B1</f><v>Ann</v></c>',
        ]),
      ),
      [['2', '', '', 'TRUE', 'FALSE', 'Ann']],
    ));

  it('is read in the tab that is named, else in the first that people see', async () => {
    const tabs = [
      tab(rowsOf([text('hidden')]), { name: 'Data', state: 'hidden' }),
      tab(rowsOf([text('duty')])),
      tab(rowsOf([text('team')]), { name: 'Team' }),
    ];
    const seen = async (name?: string): Promise<string> => (await readXlsx(workbookOf(tabs), name)).grid[0]![0]!;
    assert.deepEqual([await seen(), await seen('Team'), await seen('Data')], ['duty', 'team', 'hidden']);
    await refused(seen('Nope'), /has no tab "Nope"; write the name of one it has/);
  });

  it('says which cells are shown as one and have a text, of its own tab', async () => {
    const merged = (...all: readonly string[]): string =>
      `<mergeCells>${all.map((cells) => `<mergeCell ref="${cells}"/>`).join('')}</mergeCells>`;
    const rows = rowsOf([text('Task'), text('Main')], [text('Tea'), text('Ann')], [text('Web')]);
    const tabs = [
      tab(HEADER, { name: 'A', after: merged('A1:A2') }),
      tab(rows, { name: 'R&amp;D', after: merged('B2:B3', 'C5:D5', 'ODD') }),
    ];
    const of = async (name?: string) => (await readXlsx(workbookOf(tabs), name)).merged;
    assert.deepEqual([await of(), await of('R&D'), await of('A')], [['A1:A2'], ['B2:B3'], ['A1:A2']]);
  });

  it('is refused where it is none', async () => {
    await refused(readXlsx(strToU8('Main,Backup\n')), /is no workbook in XLSX/);
    await refused(readXlsx(workbookOf([tab(HEADER)]).slice(0, 400)), /is no workbook in XLSX/);
    await refused(readXlsx(zipSync({ 'a.txt': strToU8('hello') })), /is a workbook that cannot be read/);
    await refused(read('<row r="2"></row><row r="1"></row>'), /is a workbook that cannot be read/);
  });
});

describe('a workbook that is too much', () => {
  let bytes: Uint8Array;
  before(() => {
    const large = { 'xl/worksheets/sheet2.xml': new Uint8Array(21 * 1024 * 1024) };
    bytes = workbookOf([tab(HEADER)], { more: large });
  });

  it('is refused by the size that it says, before it is unpacked', async () => {
    assert.ok(bytes.length < 100_000, 'small as it comes');
    await refused(readXlsx(bytes), /is more than 20 MB unpacked/);
  });

  it('is not unpacked further than it says', async () => {
    const claimed = Buffer.from(bytes);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(21 * 1024 * 1024);
    for (let at = claimed.indexOf(size); at !== -1; at = claimed.indexOf(size, at + 1)) claimed.writeUInt32LE(100, at);
    await readXlsx(claimed).catch((error: unknown) => assert.ok(error instanceof NoSheet));
  });

  it('is refused for its number of files', async () => {
    const more = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`xl/a${at}.xml`, new Uint8Array(0)]));
    await refused(readXlsx(workbookOf([tab(HEADER)], { more })), /is more than 20 MB unpacked/);
  });

  it('is refused for a cell far out, and not for what is no cell', async () => {
    await refused(
      read('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
      /reaches down to row 1048576, past 10000/,
    );
    await refused(read('<row r="1"><c r="XFD1"><v>1</v></c></row>'), /reaches to column XFD, past 200/);
    await refused(read('<row r="1"><c x=">" r="zz1"><v>1</v></c></row>'), /reaches to column zz, past 200/);
    assert.deepEqual(await read(HEADER), [['Main']]);
  });
});
