import assert from 'node:assert/strict';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { judgeReminders } from '../../../src/config/reminders/judge.ts';
import { ENV, TEXT, faultsIn, start } from '../../support/reminders/files.ts';

describe('reminders of a file', () => {
  it('are plans', () => {
    const { faults, filters } = start(
      '{ ann: { email: ann@example.com } }',
      `{ one: { text: Hi, at: "1st Mon of Jan,Apr 09:25 Europe/Berlin", tell: [crm, ann], to: [everybody, ann] },
  wish: { birthday: Hurray, at: "08:00 UTC" } }`,
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(filters!.reminders, [
      {
        name: 'one',
        at: { minute: 565, zone: 'Europe/Berlin' },
        what: {
          kind: 'text',
          text: 'Hi',
          on: { kind: 'days', weekdays: [1], nth: [1], months: [1, 4] },
          calendar: null,
        },
        to: ['everybody', 'ann'],
        tell: ['crm', 'ann/email'],
        where: 'config/filters.yaml:4',
      },
      {
        name: 'wish',
        at: { minute: 480, zone: 'UTC' },
        what: { kind: 'birthday', wish: 'Hurray' },
        to: [],
        tell: [],
        where: 'config/filters.yaml:5',
      },
    ]);
  });

  const REFUSED = [
    ['{ text: a, at: Mon 09:00 Europe/Berlin, tell: nobody }', /tell: "nobody" is no channel; /],
    ['{ text: a, at: Mon 09:00 Europe/Berlin, to: ane }', /to: "ane" is no person; did you mean ann\?/],
    ['{ duty: rota, at: "09:00 UTC" }', /duty: "rota" is no sheet; set it up under sheets:/],
    ['{ event: lab, at: "09:00 UTC", tell: crm }', /event: "lab" is no calendar; set it up under calendars:/],
    ['{ text: a, birthday: b, at: "09:00 UTC" }', /is of text and of birthday; make two reminders of it/],
    ['{ at: "09:00 UTC", tell: crm }', /does not say what is told; write one of text, birthday, duty, event/],
    ['{ text: a, tell: crm }', /at is missing; write a time of the day/],
    ['{ text: a, at: "09:00 UTC", tell: crm }', /at names no days; write them before the time, such as Mon-Fri 09:00/],
    ['{ text: a, at: Mon 09:00 UTC }', /nobody is told; write to: with persons, or tell: with channels/],
    ['{ birthday: a, at: Mon 09:00 UTC }', /at names days, which follow from the birthday; write the time alone/],
    ['{ text: a, at: 2 days before Trip 09:00 UTC, tell: crm }', /at speaks of events; write calendar:/],
    ['{ text: a, at: Mon 09:00 UTC, to: named }', /to: named are those whom an event names, and this is none/],
    ['{ duty: a, at: "09:00 UTC", to: ann }', /to is not for duty: the sheet says whose turn it is/],
    ['{ text: a, at: Mon 09:00 UTC, before: 1d, tell: crm }', /before is for event, not for text; remove it/],
    ['{ event: a, at: "09:00 UTC", before: [1], tell: crm }', /does not fit; write days before|write it in quotes/],
    ['{ text: a, at: Mon 09:00, tell: crm }', /"Mon 09:00" has no time zone; write one after it/],
    ['{ text: a, at: Mon 9h UTC, tell: crm }', /has no time of the day with a zone; write/],
    ['{ text: a, at: Mon 25:00 UTC, tell: crm }', /25:00 is no time of the day; write 00:00 to 23:59/],
    ['{ text: a, at: Mon 09:00 Berlin, tell: crm }', /"Berlin" is not a time zone by its city; /],
    ['{ text: a, at: Monday 09:00 UTC, tell: crm }', /"Monday" is not understood; write days such as Mon-Fri/],
    ['{ duty: a, at: "09:00 UTC", intervals: { often: Smon } }', /intervals: often: "Smon" is not understood/],
    ['{ duty: a, at: "09:00 UTC", intervals: Mon }', /intervals: must be a map; write \{ monthly: last Fri \}/],
    ['{ text: a, at: Mon 09:00 UTC, tell: crm, who: b }', /"who" is not a key of a reminder/],
    ['1', /a reminder must be a map; write/],
  ] as const;
  it('are refused each by its name', () => {
    const written = REFUSED.map(([reminder], index) => `r${index}: ${reminder}`);
    const faults = faultsIn(`people: { ann: { email: ann@example.com } }\nreminders:\n  ${written.join('\n  ')}`);
    for (const [index, [reminder, fault]] of REFUSED.entries())
      assert.ok(
        faults.some((it) => it.startsWith(`reminders: r${index}: `) && fault.test(it)),
        `${reminder}\n${faults.join('\n')}`,
      );
  });

  it('of sheets and calendars are plans as well, with what is usual', () => {
    const set = loadFilters(
      [
        {
          path: 'f.yaml',
          text: `sheets: { rota: { csv: /srv/rota.csv } }
calendars: { lab: { ics: /srv/lab.ics } }
people: { ann: { email: ann@example.com } }
reminders:
  one: { duty: rota, at: "09:00 UTC", calendar: lab, intervals: { Often: Mon } }
  two: { event: lab, at: "09:00 UTC", to: named }
  three: { event: lab, at: "09:00 UTC", to: ann, before: [7d, 0d], title: Trip }
`,
        },
      ],
      [],
      partKinds,
    );
    const judged = judgeReminders(set, { enabled: [], broken: [], pagers: [], trackers: [] });
    assert.deepEqual([set.faults, judged.faults.size, judged.losses.size], [[], 0, 0]);
    const often = { kind: 'days', weekdays: [1], nth: [], months: [] };
    assert.deepEqual(
      set.reminders.map(({ what, tell }) => [what, tell]),
      [
        [{ kind: 'duty', sheet: 'rota', intervals: { often }, calendar: 'lab' }, []],
        [{ kind: 'event', calendar: 'lab', before: [1], title: '' }, []],
        [{ kind: 'event', calendar: 'lab', before: [7, 0], title: 'Trip' }, []],
      ],
    );
  });

  it('that name what stands in a file with faults are told nothing until then', () => {
    const bad = `channels: { crm: { slack: '#crm', key: SLACK_TOKEN } }
people: { ann: { email: ann@example.com } }
sheets: { rota: { csv: /srv/rota.csv } }
calendars: { lab: { ics: /srv/lab.ics } }
reminders: { odd: 1 }
oops: 1`;
    const good = `reminders:
  one: { duty: rota, at: "09:00 UTC", tell: [crm, duty/x] }
  two: { event: lab, at: "09:00 UTC", to: ann }`;
    const load = (text: string) =>
      loadFilters(
        [
          { path: 'a.yaml', text },
          { path: 'b.yaml', text: good },
        ],
        [],
        partKinds,
      );
    const losses = (text: string): readonly string[] => {
      const judged = judgeReminders(load(text), { enabled: [], broken: [], pagers: [], trackers: [] });
      assert.equal(judged.faults.size, 0);
      return [...judged.losses.values()].flat().map((it) => it.text.replace(/; .*/, ''));
    };
    assert.deepEqual(losses(bad), [
      'reminders: one: tell: "crm" is set up in a.yaml:1, and that file has faults',
      'reminders: one: duty: "rota" is set up in a file that has faults',
      'reminders: two: to: "ann" stands in a file that has faults',
      'reminders: two: event: "lab" is set up in a file that has faults',
    ]);
    assert.deepEqual(
      losses('filters: [').map((text) => text.split('"')[2]),
      [
        ' is not known, and a file that may set it up cannot be read',
        ' is not known, and a file that may set it up cannot be read',
        ' is not known, and a file that may have it cannot be read',
        ' is not known, and a file that may set it up cannot be read',
      ],
    );
  });

  it('may tell whoever has a duty, where there is a sheet of them', () => {
    const faults = faultsIn('reminders: { one: { text: Hi, at: Mon 09:00 UTC, tell: duty/x } }');
    assert.match(faults.join(), /tell: "duty\/x" is no channel/);
  });

  it('need a ledger', () => {
    const { LEDGER_URL: _, ...env } = ENV;
    assert.match(start('{}', TEXT, { env }).faults.join(), /reminders: one needs a ledger: .*set LEDGER_URL/);
  });

  it('may be many, but not more than anybody reads, with few intervals', () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`r${index}`, { text: 'a', at: 'Mon 09:00 UTC', tell: 'crm' }]),
      );
    assert.match(
      faultsIn(`reminders: ${JSON.stringify(many(201))}`).join(),
      /has more than 200 entries; put duties into a sheet/,
    );
    const intervals = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`w${index}`, 'Mon']));
    const one = { one: { duty: 'a', at: '09:00 UTC', intervals } };
    assert.match(faultsIn(`reminders: ${JSON.stringify(one)}`).join(), /intervals: has more than 20 entries/);
  });
});
