import assert from 'node:assert/strict';
import { feedChecks } from '../../../../src/app/examine/outside/feeds.ts';
import { partKinds } from '../../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../../src/config/filters/load.ts';
import type { Calendar, CalendarItem } from '../../../../src/core/model/people/calendar.ts';
import type { Sheet } from '../../../../src/core/model/people/sheet.ts';
import { UpstreamError } from '../../../../src/core/model/errors.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const TEXT = `sheets: { duties: { csv: /srv/duties.csv }, team: { csv-secret: TEAM_URL } }
calendars:
  lab: { ics: /srv/lab.ics }
people: { sheet: team, zoe: { email: zoe@example.com } }
reminders:
  turns: { duty: duties, at: "09:00 UTC" }
  standup: { text: Hi, at: Mon 09:00 UTC, to: zoe }
`;
type Answers = Readonly<Record<string, object | Error>>;

const sheetOf = (columns: readonly string[], ...rows: readonly (readonly string[])[]): Sheet => ({
  columns,
  rows: rows.map((cells, at) => ({
    row: at + 2,
    cells: Object.fromEntries(cells.map((cell, column) => [columns[column]!, cell])),
  })),
  dates: 'y-m-d',
});

async function found(answers: Answers, text = TEXT): Promise<readonly string[]> {
  const filters = loadFilters([{ path: 'f.yaml', text }], [], partKinds);
  assert.deepEqual(filters.faults, []);
  const built = (section: string) =>
    filters.parts
      .filter((part) => String(part.section) === section && part.name in answers)
      .map(({ name }) => {
        const answer = answers[name]!;
        const look = async () => {
          if (answer instanceof Error) throw answer;
          const { leftOut = [] } = answer as { leftOut?: readonly string[] };
          return { value: 1, more: {}, answer: JSON.stringify(answer), leftOut };
        };
        return { name, built: { part: { name, look } } };
      });
  const draft = { filters, sheets: built('sheets'), calendars: built('calendars') };
  const exam = { filters: [], disk: { statSync: () => assert.fail(), accessSync: () => undefined }, thorough: true };
  const checks = feedChecks(draft as never, Date.parse('2026-11-30T12:00Z'));
  const all = await Promise.all(checks.map(({ run }) => Array.fromAsync(run({ ...exam, scope: scopeOf() }))));
  return all
    .flat()
    .map((it) => `${it.status} ${it.check} ${it.where} ${it.variable === undefined ? '' : `${it.variable} `}${it.say}`);
}

const DUTIES = ['task', 'interval', 'main', 'backup'];

describe('doctor, of sheets and calendars', () => {
  it('says what was read, and which rows nobody can use', async () => {
    const duties = sheetOf(DUTIES, ['Website', 'monthly', 'Ann'], ['Trips', 'often', 'Bob']);
    const team = sheetOf(['name', 'email'], ['Ann', 'ann@example.com'], ['Bob', 'bob']);
    assert.deepEqual(await found({ duties, team }), [
      'ok duties f.yaml:1 2 rows under task, interval, main, backup',
      'warning duties f.yaml:1 row 3: Trips: often is not understood; write days such as Mon-Fri; 1st Mon; ' +
        '1st,3rd Tue of Jan,Apr; last Fri; 2 days before Group meeting',
      'ok team f.yaml:1 2 rows under name, email',
      'warning team f.yaml:1 row 3: email: "bob" does not fit; write one address, such as ann@example.com',
    ]);
  });

  it('fails where nothing can be read, or a column is missing that is gone by', async () => {
    const away = new UpstreamError('team: answered 404', { service: 'team', retryable: false });
    assert.deepEqual(await found({ duties: sheetOf(['task', 'who does']), team: away }), [
      'failed duties f.yaml:1 it has no column Main; write one into its first row',
      'failed team f.yaml:1 TEAM_URL answered 404',
    ]);
    assert.deepEqual(await found({ team: sheetOf(['who', 'email'], ['Ann', 'ann@example.com']) }), [
      'failed team f.yaml:1 it has no column Name; write one into its first row',
    ]);
  });

  it('says of a calendar how often it takes place, and what is left out', async () => {
    const start = { wall: Date.parse('2026-12-01T09:00Z'), isDay: false, zone: 'UTC' };
    const item: CalendarItem = {
      ...{
        uid: 'u',
        title: 'Trip',
        place: null,
        url: null,
        text: null,
        attendees: [],
        replaces: null,
        andLater: false,
      },
      ...{ sequence: 0, isCancelled: false, start, end: null, lasts: null, rule: null, added: [], left: [] },
    };
    const lab: Calendar = { zone: null, zones: {}, items: [item], leftOut: ['"Odd" is in a zone that nobody knows'] };
    assert.deepEqual(await found({ lab }), [
      'ok lab f.yaml:3 1 event, 1 occurrence within 400 days',
      'warning lab f.yaml:3 "Odd" is in a zone that nobody knows',
    ]);
    const many = Array.from({ length: 12 }, (_, at) => `"${at}" is odd`);
    const said = await found({ lab: { ...lab, leftOut: many } });
    assert.deepEqual([said.length, said.at(-1)], [12, 'warning lab f.yaml:3 and 2 more that cannot be used']);
  });
});
