import assert from 'node:assert/strict';
import { channelsOfSheet, peopleOfSheets, personOfSheet } from '../../../src/config/people/of-sheet.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { judgeReminders } from '../../../src/config/reminders/judge.ts';
import type { Sheet } from '../../../src/core/model/people/sheet.ts';
import { TEXT, faultsIn, start } from '../../support/reminders/files.ts';
import { personOf } from '../../support/reminders/plans.ts';

const COLUMNS = ['name', 'slack', 'email', 'telegram', 'birthday', 'via', 'phone'];

/** The first cells are those of row 2; an empty row is a gap. */
function sheetOf(rows: readonly string[], { sheet = 'team', columns = COLUMNS, dates = 'd.m.y' as const } = {}) {
  const found: Sheet = {
    columns,
    rows: rows.flatMap((text, at) => {
      const cells = text.split('|').flatMap((cell, column) => (cell === '' ? [] : [[columns[column], cell]]));
      return cells.length === 0 ? [] : [{ row: at + 2, cells: Object.fromEntries(cells) }];
    }),
    dates,
  };
  return { sheet, file: 'f.yaml', line: 3, found };
}

function read(sheets: readonly ReturnType<typeof sheetOf>[], written = [personOf('zoe')]) {
  const { people, faults } = peopleOfSheets(sheets, written);
  return {
    people: people.map((it) => personOfSheet(it, new Set(channelsOfSheet(it)))),
    faults: faults.map(({ sheet, text }) => `${sheet}: ${text}`),
  };
}

describe('a sheet of persons', () => {
  it('has what is written of persons in files, in the same forms', () => {
    const { people, faults } = read([
      sheetOf(['Ann  Lee|U024BE7LH|Ann@example.com|123456789|29.2.1988||+49 1', 'Jürgen||||14 Jul', '', 'note|x']),
    ]);
    assert.deepEqual(faults, []);
    assert.deepEqual(people, [
      {
        key: 'ann-lee',
        name: 'Ann  Lee',
        channels: ['team.ann-lee/slack', 'team.ann-lee/telegram', 'team.ann-lee/email'],
        mail: 'ann@example.com',
        birthday: { month: 2, day: 29 },
      },
      { key: 'jürgen', name: 'Jürgen', channels: [], mail: null, birthday: { month: 7, day: 14 } },
    ]);
  });

  it('tells which rows cannot be used; whoever they are about has no channel, and others stay', () => {
    const { people, faults } = read([
      sheetOf(['Ann|ann', 'Bob||bob@example.com', '|U024BE7LH', 'Everybody||e@example.com', 'Cara||||30 Feb']),
    ]);
    assert.deepEqual(faults, [
      'team: row 2: slack: "ann" does not fit; write the id of a user, such as U024BE7LH',
      'team: row 4: no name stands there',
      'team: row 5: "everybody" means several people where reminders say to: choose another name',
      'team: row 6: birthday: "30 Feb" is no day of the year; write a day such as 29 Feb, 02-29 or 1990-02-29',
    ]);
    assert.deepEqual(
      people.map(({ name, channels, mail }) => [name, channels, mail]),
      [
        ['Ann', [], null],
        ['Bob', ['team.bob/email'], 'bob@example.com'],
        ['Everybody', [], null],
        ['Cara', [], null],
      ],
    );
  });

  it('has nobody by a name of two rows, whatever the sheet, and none who is written in a file', () => {
    const written = [personOf('zoe'), personOf('dan', { name: 'Dan Fox' })];
    const sheets = [
      sheetOf(['Ann Lee|U024BE7LH', 'ann lee||a@example.com', 'Zoe|U024BE7LH', 'Dan Fox|odd', 'Bob|U024BE7LH']),
      sheetOf(['Bob||b@example.com'], { sheet: 'more' }),
    ];
    const { people, faults } = read(sheets, written);
    assert.deepEqual(faults, [
      'team: "Ann Lee" is in row 2 of team and in row 3 of team; nobody is told by that name',
      'team: "Bob" is in row 6 of team and in row 2 of more; nobody is told by that name',
    ]);
    assert.deepEqual(
      people.map(({ name, channels }) => [name, channels]),
      [
        ['Ann Lee', []],
        ['ann lee', []],
        ['Bob', []],
        ['Bob', []],
      ],
    );
  });

  it('has a column of names', () => {
    const { people, faults } = read([sheetOf(['Ann|U024BE7LH'], { columns: ['who', 'slack'] })]);
    assert.deepEqual([people, faults], [[], ['team: it has no column Name; write one into its first row']]);
  });
});

describe('people: sheet', () => {
  const SHEETS = 'sheets: { team: { csv: /srv/team.csv } }';

  it('stands beside persons, and is none itself', () => {
    const { faults, filters, made } = start('{ sheet: team, ann: { email: ann@example.com } }', `${TEXT}\n${SHEETS}`);
    assert.deepEqual([faults, made], [[], ['console', 'crm', 'ann/email']]);
    assert.deepEqual(filters!.peopleSheets, [{ sheet: 'team', file: 'config/filters.yaml', line: 3 }]);
    assert.deepEqual(
      filters!.people.map(({ key }) => key),
      ['ann'],
    );
  });

  it('has whom reminders and alerts name after person/; other names are of the file', () => {
    const text = (to: string, tell: string) =>
      `{ one: { text: Hi, at: Mon 09:25 UTC, to: ${to}, tell: ${tell} } }\n${SHEETS}`;
    const ann = '{ sheet: team, ann: { email: ann@example.com } }';
    const { faults, filters } = start(ann, text('[ann, person/dora]', '[crm, person/dora/email]'));
    assert.deepEqual(faults, []);
    assert.deepEqual(
      filters!.reminders.map(({ to, tell }) => [to, tell]),
      [
        [
          ['ann', 'person/dora'],
          ['crm', 'person/dora/email'],
        ],
      ],
    );
    assert.match(
      start(ann, text('dora', 'crm')).faults.join(),
      /to: "dora" is no person; write person\/dora for somebody of the sheet team; write some of ann, everybody, /,
    );
    const hint = 'is no channel; write person/dora for somebody of the sheet team; ';
    const alert = `${TEXT}\n${SHEETS}\ndefaults: { tell: dora, alerts: [new] }`;
    const digest = `${TEXT}\n${SHEETS}\ndigests: [{ name: one, at: Mon 09:00 UTC, tell: dora }]`;
    for (const { faults } of [text('ann', 'dora'), alert, digest].map((it) => start(ann, it)))
      assert.ok(faults.join().includes(`tell: "dora" ${hint}`), faults.join());
    assert.match(start(ann, text('ann', 'person/')).faults.join(), /tell: "person\/" is no channel; write some of/);
    assert.match(
      start('{ ann: { email: ann@example.com } }', text('person/dora', 'person/dora')).faults.join(),
      /to: "person\/dora" is no person; .*tell: "person\/dora" is no channel|tell: .*to: /s,
    );
  });

  it('is nobody as long as the sheet stands in a file with faults, and may stand once', () => {
    const load = (...texts: readonly string[]) => {
      const files = texts.map((text, at) => ({ path: `${at}.yaml`, text }));
      const set = loadFilters(files, [], partKinds);
      const judged = judgeReminders(set, { enabled: [], broken: [], pagers: [], trackers: [] });
      const said = [judged.losses, judged.faults].map((all) => [...all.values()].flat().map(({ text }) => text));
      return [...said, set.faults.map(({ text }) => text)];
    };
    const use = 'people: { sheet: team }';
    assert.deepEqual(load(`${SHEETS}\noops: 1`, use).slice(0, 2), [
      ['people: sheet: "team" is set up in a file that has faults; nothing is told by it until that is mended'],
      [],
    ]);
    assert.deepEqual(load(`${SHEETS}\noops: 1`, `${use}\noops: 1`).slice(0, 2), [[], []]);
    assert.deepEqual(load(SHEETS, use, use)[2], [
      '"people.team" is taken by what is set up in 1.yaml:1; choose another',
    ]);
  });

  it('names a sheet that there is', () => {
    assert.match(
      faultsIn('people: { sheet: tem }').join(),
      /^people: sheet: "tem" is no sheet; set it up under sheets:/,
    );
    assert.match(faultsIn(`people: { sheet: tem }\n${SHEETS}`).join(), /"tem" is no sheet; did you mean team\?/);
    assert.match(faultsIn('people: { sheet: 2024 }').join(), /^people: sheet: "2024" is no sheet/);
    assert.match(faultsIn('people: { sheet: {} }').join(), /people: sheet: names the sheet that has more persons;/);
    assert.deepEqual(start('{ sheet: tem }', `${TEXT}\n${SHEETS}`).faults, [
      'config/filters.yaml:3: people: sheet: "tem" is no sheet; did you mean team?',
    ]);
  });
});
