import assert from 'node:assert/strict';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { feedLines } from '../../../src/commands/check/feeds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';

describe('check, of sheets and calendars', () => {
  it('says where each is, how often it is read, and who goes by it; of a secret address the variable', () => {
    const text = `sheets:
  duties: { csv: 'https://docs.example.com/duties.csv', dates: d.m.y, every: 1h }
  team: { xlsx-secret: TEAM_URL, tab: People }
  old: { csv: /srv/old.csv }
calendars: { lab: { ics: /srv/lab.ics }, ann: { ics-secret: ANN_URL } }
people: { sheet: team, zoe: { email: zoe@example.com } }
reminders:
  turns: { duty: duties, at: "09:00 UTC", calendar: lab }
  trips: { event: lab, at: "09:00 UTC", to: zoe }
`;
    const set = loadFilters([{ path: 'f.yaml', text }], [], partKinds);
    assert.deepEqual(set.faults, []);
    assert.deepEqual(
      feedLines(set).map(({ what, line }) => `${what} ${line}`),
      [
        'sheet duties: csv https://docs.example.com/duties.csv; every 1 h; reminders: turns',
        'sheet team: xlsx at the address in TEAM_URL; every 30 min; persons',
        'sheet old: csv /srv/old.csv; every 30 min; nothing names it',
        'calendar lab: ics /srv/lab.ics; every 30 min; reminders: turns, trips',
        'calendar ann: ics at the address in ANN_URL; every 30 min; nothing names it',
      ],
    );
  });
});
