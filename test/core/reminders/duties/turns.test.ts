import assert from 'node:assert/strict';
import { type DutyRow, readDuties } from '../../../../src/core/reminders/duties/read-duties.ts';
import { dutiesOn, holdersOf, taskName } from '../../../../src/core/reminders/duties/turns.ts';

/** As a sheet is given: cells that are empty are not there. */
function tableOf(text: string) {
  const [head, ...lines] = text.split('\n').map((line) => line.split(',').map((cell) => cell.trim()));
  const columns = head!.map((name) => name.toLowerCase());
  const rows = lines.flatMap((line, index) => {
    const cells = line.map((cell, at): [string, string] => [columns[at]!, cell]).filter(([, cell]) => cell !== '');
    return cells.length === 0 ? [] : [{ row: index + 2, cells: Object.fromEntries(cells) }];
  });
  return { columns, rows };
}
const how = { name: 'rota', intervals: {}, dayIn: (cell: string) => (/^\d{4}-\d\d-\d\d$/.test(cell) ? cell : null) };
const rowsOf = (text: string): readonly DutyRow[] => {
  const { rows, faults } = readDuties(tableOf(text), how);
  assert.deepEqual(faults, []);
  return rows;
};
const said = (all: readonly { task: string; main: readonly string[]; backup: readonly string[] }[]) =>
  all.map(({ task, main, backup }) => [task, ...main, '|', ...backup].join(' '));

const LAB = `Task,Interval,Main,Backup,Notes
Birthday celebrations,Monthly,Ann,,cake
Breakfast,Weekly,Bob,Cara,
Cloud bill,Monthly,Dan,Bob,
Trips,Quarterly,Eve,Bob,
Website,last Fri,Ann,Dan,
Slack / GitHub,quarterly,Bob,,
,,,,
below the first empty row,Weekly,Nobody,,`;

describe('whose turn it is', () => {
  const rows = rowsOf(LAB);
  const on = (day: string) => said(dutiesOn(rows, day, []));

  it('is that of the monthly and quarterly ones on the first Monday of a quarter, with their backups', () => {
    const monthly = ['Birthday celebrations Ann |', 'Cloud bill Dan | Bob'];
    const [first, weekly, second] = [monthly[0]!, 'Breakfast Bob | Cara', monthly[1]!];
    assert.deepEqual(on('2026-04-06'), [first, weekly, second, 'Trips Eve | Bob', 'Slack / GitHub Bob |']);
    assert.deepEqual(on('2026-05-04'), [first, weekly, second]);
    assert.deepEqual(on('2026-04-13'), [weekly]);
    assert.deepEqual(on('2026-04-07'), []);
    assert.deepEqual(on('2026-04-24'), ['Website Ann | Dan']);
  });

  it('is that of a row for just that day, whatever else the sheet says', () => {
    const swapped = rowsOf(`Task,Interval,Main,Backup,Date
Breakfast,Weekly,Bob,Cara,
breakfast,,Dan,Eve,2026-04-06
Trips,Quarterly,Eve,,
Breakfast,,Ann,,2026-04-08`);
    assert.deepEqual(said(dutiesOn(swapped, '2026-04-06', [])), ['breakfast Dan | Eve', 'Trips Eve |']);
    assert.deepEqual(said(dutiesOn(swapped, '2026-04-08', [])), ['Breakfast Ann |']);
    assert.deepEqual(said(dutiesOn(swapped, '2026-04-13', [])), ['Breakfast Bob | Cara']);
    const holder = (day: string) => said(holdersOf(swapped, 'breakfast', day, []));
    assert.deepEqual(
      ['2026-04-05', '2026-04-06', '2026-04-07', '2026-04-08', '2026-04-12', '2026-04-13'].map((day) => holder(day)[0]),
      [
        'Breakfast Bob | Cara',
        'breakfast Dan | Eve',
        'breakfast Dan | Eve',
        'Breakfast Ann |',
        'Breakfast Ann |',
        'Breakfast Bob | Cara',
      ],
    );
  });

  it('goes on until the next row where there are only days, and is nobody’s before the first', () => {
    const rota = rowsOf('Task,Main,From\nOn call,Ann,2026-11-23\nOn call,Bob,2026-11-30');
    const holder = (day: string) => said(holdersOf(rota, 'on-call', day, []));
    assert.deepEqual(
      [holder('2026-11-22'), holder('2026-11-29'), holder('2026-12-24')],
      [[], ['On call Ann |'], ['On call Bob |']],
    );
    assert.deepEqual(holdersOf(rota, 'other', '2026-12-24', []), []);
  });

  it('may follow from the events of a calendar', () => {
    const events = [{ day: '2026-04-10', title: 'Group meeting' }];
    const slides = rowsOf('Duty,When,Who\nSlides,2 days before Group,Ann');
    assert.deepEqual(said(dutiesOn(slides, '2026-04-08', events)), ['Slides Ann |']);
    assert.deepEqual(dutiesOn(slides, '2026-04-09', events), []);
  });

  it('is asked for by the words of a task', () => {
    assert.deepEqual(['Slack / GitHub', ' On  call!', 'Müll'].map(taskName), ['slack-github', 'on-call', 'müll']);
  });
});

describe('a duty sheet', () => {
  it('says by rows what cannot be understood, and the others count', () => {
    const { rows, faults } = readDuties(
      tableOf(`Task,Interval,Main,Backup,Date
Good,Weekly,Ann,,
,Weekly,Ann,,
Nobody's,Weekly,,Bob,
Never,,Ann,,
Odd,Fortnightly,Ann,,
Some day,,Ann,,4/6/26`),
      how,
    );
    assert.deepEqual(said(rows), ['Good Ann |']);
    assert.deepEqual(
      faults.map((fault) => fault.replace(/; write .*/, '')),
      [
        'row 3: no task is named',
        "row 4: nobody is named for Nobody's",
        'row 5: Never has neither an interval nor a day',
        'row 6: Odd: Fortnightly is not understood',
        'row 7: Some day: 4/6/26 is not a day as this sheet writes them',
      ],
    );
  });

  it('may have words of its own for intervals', () => {
    const read = readDuties(tableOf('Task,Interval,Main\nOdd,Now and then,Ann\nUsual,weekly,Bob'), {
      ...how,
      intervals: {
        'now and then': { kind: 'days', weekdays: [3], nth: [1], months: [] },
        weekly: { kind: 'days', weekdays: [4], nth: [], months: [] },
      },
    });
    assert.deepEqual(said(dutiesOn(read.rows, '2026-04-01', [])), ['Odd Ann |']);
    assert.deepEqual(said(dutiesOn(read.rows, '2026-04-02', [])), ['Usual Bob |']);
  });

  it('has columns for the task and for who does it', () => {
    assert.throws(
      () => readDuties(tableOf('Title,Main\nx,y'), how),
      /^UpstreamError: rota: it has no column Task; write one into/,
    );
    assert.throws(
      () => readDuties(tableOf('Task,Name\nx,y'), how),
      /^UpstreamError: rota: it has no column Main; write one into/,
    );
    assert.deepEqual(readDuties(tableOf('Task,Main'), how), { rows: [], faults: [] });
  });
});
