import assert from 'node:assert/strict';
import { seeToPeople } from '../../../../src/app/alerting/reminders/people.ts';
import { createPeopleBook } from '../../../../src/app/alerting/reminders/people-book.ts';
import { inUse } from '../../../../src/app/alerting/channels-in-use.ts';
import { assemble } from '../../../../src/app/assemble.ts';
import type { Sheet } from '../../../../src/core/model/people/sheet.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { ENV } from '../../../support/reminders/files.ts';
import { worldOf } from '../../fake-world.ts';

type Cells = Readonly<Record<string, string>>;
const sheetOf = (...rows: readonly Cells[]): Sheet => ({
  columns: ['name', 'slack', 'email', 'telegram', 'via'],
  rows: rows.map((cells, at) => ({ row: at + 2, cells })),
  dates: 'y-m-d',
});
const CHANNELS = "{ crm: { slack: '#crm', key: SLACK_TOKEN } }";
const DORA = { name: 'Dora', slack: 'U024BE7LH', email: 'dora@example.com' };

describe('persons of a sheet', () => {
  function stage(channels = CHANNELS, env = ENV, others = ', ann: { email: ann@example.com }') {
    const text = `channels: ${channels}
sheets: { team: { csv: /srv/team.csv } }
people: { sheet: team${others} }
filters: [{ name: f1, projects: [crm-web] }]
`;
    const program = assemble(worldOf(env, { 'config/filters.yaml': text }).world);
    const state = { sheet: null as Sheet | null, fault: null as string | null, isDown: false, told: [] as string[] };
    const book = createPeopleBook();
    const live = program.live.now();
    let sheets = live.peopleSheets;
    const chore = seeToPeople({
      ...{ sheetPeople: book, toPerson: program.toPerson, server: 'host-1', admin: () => ['ops'] },
      inForce: () => ({ people: live.people, peopleSheets: sheets }),
      feeds: {
        sheets: {
          read: async () =>
            ({
              good: state.sheet === null ? null : { found: state.sheet, at: 0 },
              last: state.fault === null ? null : { at: 0, fault: state.fault },
            }) as never,
        },
        calendars: undefined,
      },
      outbox: {
        now: async () => 0,
        post: async (channel, { lines }) => {
          if (state.isDown) throw new Error('down');
          state.told.push(`${channel}: ${lines.join()}`);
        },
      },
    });
    const look = async () => {
      await chore.work(scopeOf());
      return book.known().people.map(({ key, channels }) => [key, ...channels].join(' '));
    };
    const used = () => inUse({ channels: program.channels, inForce: () => live, sheetPeople: book });
    return { look, state, book, used, remove: () => (sheets = []) };
  }

  it('are told by channels of their own, which stay as long as their row', async () => {
    const { look, state, used, book, remove } = stage();
    state.sheet = sheetOf(DORA, { name: 'Gus' });
    assert.deepEqual(await look(), ['dora team.dora/slack team.dora/email', 'gus']);
    assert.deepEqual([...used().keys()], ['console', 'crm', 'ann/email', 'team.dora/slack', 'team.dora/email']);
    const { channel, policy } = used().get('team.dora/slack')!;
    assert.deepEqual(policy, {
      name: 'team.dora/slack',
      budget: { count: 60, perMs: 3_600_000 },
      quiet: null,
      severity: 'info',
    });
    assert.equal(channel.name, 'team.dora/slack');
    const before = book.known().channels.map((it) => it.channel);
    await look();
    assert.deepEqual(
      book.known().channels.map((it, at) => it.channel === before[at]),
      [true, true],
    );
    state.sheet = sheetOf({ ...DORA, slack: 'U024BE7LX' });
    await look();
    assert.notEqual(book.known().channels[0]!.channel, before[0]);
    remove();
    assert.deepEqual([await look(), [...used().keys()], state.told], [[], ['console', 'crm', 'ann/email'], []]);
  });

  it('are told by whatever can be used; the admin hears once what cannot, by row', async () => {
    const { look, state } = stage(
      '{ crm: { slack: "#crm", key: SLACK_TOKEN }, shop: { slack: "#shop", key: SHOP_TOKEN } }',
      { ...ENV, SHOP_TOKEN: 'xoxb-9876543210-abcdef' },
    );
    state.sheet = sheetOf(
      DORA,
      { name: 'Ann' },
      { ...DORA, name: 'Eve', via: 'shop' },
      { name: 'Bob', email: 'b@-.com' },
    );
    state.isDown = true;
    await assert.rejects(look(), /down/);
    state.isDown = false;
    const people = ['dora team.dora/email', 'eve team.eve/slack team.eve/email', 'bob'];
    assert.deepEqual([await look(), await look()], [people, people]);
    const lead = 'ops: The sheet of persons team cannot be used wholly: ';
    assert.deepEqual(
      state.told.map((it) => it.replace(lead, '')),
      [
        'row 2: slack: channels of slack have different keys (SLACK_TOKEN, SHOP_TOKEN); write via: with the name of one',
        'row 5: email: "b@-.com" is not an e-mail address; write one such as lead@example.com',
      ],
    );
  });

  it('have no mail where nobody said how it goes out', async () => {
    const { SLACK_TOKEN, LEDGER_URL } = ENV;
    const { look, state } = stage(CHANNELS, { SLACK_TOKEN, LEDGER_URL } as typeof ENV, '');
    state.sheet = sheetOf(DORA);
    assert.deepEqual(await look(), ['dora team.dora/slack']);
    assert.match(state.told[0]!, /wholly: row 2: MAIL_FROM is not set; /);
  });

  it('are not known before their sheet was read', async () => {
    const { look, state, book } = stage();
    assert.deepEqual([await look(), book.known().unread.map((it) => it.message)], [[], ['team: it was not read yet']]);
    state.fault = 'gone';
    await look();
    assert.match(book.known().unread[0]!.message, /^team: it was never read: gone/);
  });
});
