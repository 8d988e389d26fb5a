import assert from 'node:assert/strict';
import { assemble } from '../../../src/app/assemble.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { judgeReminders } from '../../../src/config/reminders/judge.ts';
import { StartError } from '../../../src/app/start-error.ts';
import { worldOf } from '../../app/fake-world.ts';

const ENV = {
  LEDGER_URL: 'sqlite:ledger.db',
  SLACK_TOKEN: 'xoxb-0123456789-abcdef',
  SMTP_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'a@example.com',
};
const CRM = "crm: { slack: '#crm', key: SLACK_TOKEN }";

function start(people: string, reminders: string, { channels = CRM, env = ENV as Record<string, string> } = {}) {
  const text = `channels: { ${channels} }
filters: [{ name: f1, projects: [crm-web] }]
people: ${people}
reminders: ${reminders}
`;
  try {
    const program = assemble(worldOf(env, { 'config/filters.yaml': text }).world);
    const { filters, channels: made } = program;
    const faults = [...filters.faults, ...filters.warnings].map((it) => `${it.where}: ${it.text}`);
    return { faults, filters, made: made.map(({ channel }) => channel.name) };
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return { faults: error.faults, filters: undefined, made: [] };
  }
}

/** What is wrong with a file, by itself. */
function faultsIn(text: string): readonly string[] {
  const set = loadFilters([{ path: 'f.yaml', text: `channels: { ${CRM} }\n${text}\n` }], [], partKinds);
  const enabled = set.parts.concat(set.lostParts).map(({ name }) => name);
  const judged = judgeReminders(set, { enabled, broken: [], pagers: [], trackers: [] });
  return [...set.faults.map((it) => it.text), ...[...judged.faults.values()].flat().map((it) => it.text)];
}

const TEXT = '{ one: { text: Stand-up, at: Mon-Fri 09:25 Europe/Berlin, tell: crm } }';

describe('people of a file', () => {
  it('are channels of their own, by the key of a channel of the same vendor', () => {
    const { faults, filters, made } = start(
      '{ ann: { name: Ann Lee, email: Ann@example.com, slack: U024BE7LH, birthday: 29 Feb }, bob: { birthday: 1990-07-14 } }',
      TEXT,
    );
    assert.deepEqual([faults, made], [[], ['console', 'crm', 'ann/slack', 'ann/email']]);
    assert.deepEqual(filters!.people, [
      {
        key: 'ann',
        name: 'Ann Lee',
        channels: ['ann/slack', 'ann/email'],
        mail: 'ann@example.com',
        birthday: { month: 2, day: 29 },
      },
      { key: 'bob', name: 'bob', channels: [], mail: null, birthday: { month: 7, day: 14 } },
    ]);
  });

  it('may be told by alerts, by all ways or by one', () => {
    const rules = '[{ when: events > 1, tell: ann }, { when: events > 9, tell: ann/email }]';
    const text = `channels: { ${CRM} }
people: { ann: { email: ann@example.com, slack: U024BE7LH } }
filters: [{ name: f1, projects: [crm-web], alerts: ${rules} }]`;
    const { filters } = assemble(worldOf(ENV, { 'config/filters.yaml': text }).world);
    assert.deepEqual(filters.faults, []);
    assert.deepEqual(
      filters.filters[0]!.alerts!.map(({ tell }) => tell),
      [['ann/slack', 'ann/email'], ['ann/email']],
    );
  });

  it('name the channel whose key counts where there are several', () => {
    const both = {
      channels: `${CRM}, shop: { slack: '#shop', key: SHOP_TOKEN }`,
      env: { ...ENV, SHOP_TOKEN: 'xoxb-9876543210-abcdef' },
    };
    const { faults, made } = start('{ ann: { slack: U024BE7LH } }', TEXT, both);
    assert.deepEqual(faults, [
      'config/filters.yaml:3: ann: slack: channels of slack have different keys (SLACK_TOKEN, SHOP_TOKEN); write via: with the name of one',
    ]);
    assert.deepEqual(made, ['console', 'crm', 'shop']);
    assert.deepEqual(start('{ ann: { slack: U024BE7LH, via: shop } }', TEXT, both).faults, []);
    assert.match(
      start('{ ann: { slack: U024BE7LH, via: none } }', TEXT, both).faults.join(),
      /no channel of none is one of slack/,
    );
    assert.match(
      start('{ ann: { email: ann@-.com } }', TEXT).faults.join(),
      /ann: email: "ann@-.com" is not an e-mail address/,
    );
    assert.match(
      start('{ ann: { telegram: 12345 } }', TEXT).faults.join(),
      /ann: telegram: no channel set up is one of telegram/,
    );
  });

  const REFUSED = [
    ['crm: { slack: U024BE7LH }', /^"crm" is taken by what is set up in f.yaml:1; choose another/],
    ['everybody: { slack: U024BE7LH }', /people: everybody: "everybody" means several people/],
    ['Ann: { slack: U024BE7LH }', /people: Ann: "Ann" does not fit; write lower-case letters/],
    ['ann: { slack: ann }', /people: ann: slack: "ann" does not fit; write the id of a user/],
    ['bob: { telegram: "@ann" }', /people: bob: telegram: "@ann" does not fit; write the number of the chat/],
    [
      'cara: { birthday: 30 Feb }',
      /people: cara: birthday: "30 Feb" is no day of the year; write a day such as 29 Feb/,
    ],
    ['gus: { email: "a@example.com, b@example.com" }', /people: gus: email: ".*" does not fit; write one address/],
    ['dan: { phone: 1 }', /people: dan: "phone" is not a key of a person; write one of name/],
    ['eve: 1', /people: eve: a person must be a map/],
    ['fred: { telegram: [1] }', /people: fred: telegram: must be one text/],
  ] as const;
  it('are refused each by its name', () => {
    const faults = faultsIn(`people: { ${REFUSED.map(([person]) => person).join(', ')} }`);
    for (const [person, fault] of REFUSED)
      assert.ok(
        faults.some((it) => fault.test(it)),
        `${person}\n${faults.join('\n')}`,
      );
    assert.equal(faults.length, REFUSED.length);
  });

  it('are a map', () => assert.match(faultsIn('people: [ann]').join(), /people must be a map of names; write \{ ann/));
});

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
