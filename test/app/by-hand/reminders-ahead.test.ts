import assert from 'node:assert/strict';
import { schedule } from '../../../src/commands/schedule.ts';
import type { World } from '../../../src/app/world.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { worldOf } from '../fake-world.ts';

const DUTIES = 'Task,Interval,Main,Backup\nBreakfast,Weekly,Bob,\nTrips,Quarterly,Ann,Bob\nOdd,Sometimes,Ann,\n';
const TEAM = 'Name,Email,Slack,Birthday\nDora,dora@example.com,,04-06\nEve,,odd,\n';
const ICS = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:acme
BEGIN:VEVENT
UID:1@example.com
DTSTAMP:20260301T000000Z
DTSTART:20260407T073000Z
DTEND:20260407T090000Z
SUMMARY:Group meeting: Ann
END:VEVENT
END:VCALENDAR
`;

describe('schedule, of reminders', () => {
  let files: ReturnType<typeof folder>;
  before(() => {
    files = folder({
      'duties.csv': DUTIES,
      'lab.ics': ICS.replaceAll('\n', '\r\n'),
      'none.csv': 'Title\nx\n',
      'team.csv': TEAM,
    });
  });
  after(() => files.remove());

  async function said(reminders: string, args: readonly string[], more = '') {
    const text = `people: { ${more}ann: { name: Ann Lee, birthday: 04-06, email: ann@example.com }, bob: { email: bob@example.com }, cara: {} }
sheets:
  duties: { csv: '${files.file('duties.csv')}' }
  team: { csv: '${files.file('team.csv')}' }
  none: { csv: '${files.file('none.csv')}' }
calendars: { lab: { ics: '${files.file('lab.ics')}' } }
reminders: ${reminders}
filters: [{ name: f1, projects: [crm-web] }]
`;
    const [out, err]: [string[], string[]] = [[], []];
    const { world } = worldOf({}, { 'config/filters.yaml': text });
    const at = Date.parse('2026-04-05T10:00Z');
    const own = {
      ...world,
      now: () => at,
      out: { write: (line: string) => out.push(line) },
      err: { write: (line: string) => err.push(line) },
    } as unknown as World;
    const code = await schedule.run(args, own);
    return { code, out: out.join('').trimEnd().split('\n'), err: err.join('') };
  }

  it('says who is told what, by sheets and calendars as they are', async () => {
    const { code, out, err } = await said(
      '{ turns: { duty: duties, at: "09:00 Europe/Berlin" }, lab: { event: lab, at: "17:00 UTC", to: named }, wish: { birthday: "Hurray", at: "08:00 UTC" } }',
      ['--days', '8'],
    );
    assert.deepEqual(out, [
      '2026-04-06T07:00Z  Mon 2026-04-06 09:00 Europe/Berlin  reminder turns',
      '    bob: It is your turn: Breakfast (weekly).',
      '    Ann Lee: It is your turn: Trips (quarterly), backup bob.',
      '2026-04-06T08:00Z  Mon 2026-04-06 08:00 UTC  reminder wish',
      '    Ann Lee: Hurray',
      '2026-04-06T17:00Z  Mon 2026-04-06 17:00 UTC  reminder lab',
      '    Ann Lee: Group meeting: Ann: Tue 2026-04-07 07:30 to 09:00 (UTC)',
      '2026-04-13T07:00Z  Mon 2026-04-13 09:00 Europe/Berlin  reminder turns',
      '    bob: It is your turn: Breakfast (weekly).',
    ]);
    assert.equal(code, 1);
    assert.match(err, /^fault {4}config\/filters.yaml:7: reminders: turns: row 4: Odd: Sometimes is not understood/);
  });

  it('knows persons of a sheet, and says which rows cannot be used', async () => {
    const { code, out, err } = await said(
      '{ wish: { birthday: "Hurray", at: "08:00 UTC" }, lab: { event: lab, at: "17:00 UTC", to: everybody } }',
      ['--days', '8'],
      'sheet: team, ',
    );
    assert.equal(code, 1);
    const of = 'Group meeting: Ann: Tue 2026-04-07 07:30 to 09:00 (UTC)';
    assert.deepEqual(
      out.filter((line) => line.startsWith(' ')),
      [
        '    Ann Lee: Hurray',
        '    Dora: Hurray',
        ...['Ann Lee', 'bob', 'Dora'].map((name) => `    ${name}: ${of}`),
        ...['cara', 'Eve'].map((name) => `    not told: ${name} has no channel`),
      ],
    );
    assert.match(err, /^fault {4}config\/filters.yaml:1: people: team: row 3: slack: "odd" does not fit/);
    const none = await said('{ wish: { birthday: "Hurray", at: "08:00 UTC" } }', ['--days', '8'], 'sheet: gone, ');
    assert.match(none.err, /config\/filters.yaml:1: people: gone: it is not set up, or has a fault/);
  });

  it('says what cannot be read, as JSON who is not told', async () => {
    const { code, out, err } = await said(
      '{ one: { duty: none, at: "09:00 UTC" }, two: { event: gone, at: "09:00 UTC", to: named }, three: { text: Hi, at: "Mon 09:00 UTC", to: [cara] }, four: { text: Hi, at: "1st Sun of Jan 09:00 UTC", to: bob } }',
      ['--json', '--days', '1'],
    );
    assert.equal(code, 1);
    assert.deepEqual(err.trimEnd().split('\n'), [
      'fault    config/filters.yaml:7: reminders: one: none: it has no column Task; write one into its first row',
      'fault    config/filters.yaml:7: reminders: two: gone: it is not set up, or has a fault',
    ]);
    assert.deepEqual(JSON.parse(out.join('\n')), [
      { kind: 'reminder', name: 'three', at: '2026-04-06T09:00:00.000Z', tells: [], faults: ['cara has no channel'] },
    ]);
  });
});
