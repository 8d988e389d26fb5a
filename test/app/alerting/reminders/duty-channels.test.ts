import assert from 'node:assert/strict';
import { withDuties } from '../../../../src/app/alerting/reminders/duty-channels.ts';
import { createDutyBook, namesTold, seeToDuties } from '../../../../src/app/alerting/reminders/duties.ts';
import type { InUse } from '../../../../src/core/alerts/outbox/relay.ts';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import type { Channel } from '../../../../src/core/ports/alerting/channel.ts';
import type { Desk } from '../../../../src/core/ports/alerting/desk.ts';
import type { Sheet } from '../../../../src/core/model/people/sheet.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { personOf, reminderOf } from '../../../support/reminders/plans.ts';

/** A channel that notes what it is asked; its references are `r1`, `r2` … */
function channelOf(name: string, asked: string[], more: Partial<Channel> = {}): InUse {
  let count = 0;
  const channel: Channel = {
    name,
    repeatSafe: false,
    isPerSubject: false,
    fit: ({ lines, thread }) => ({ body: `${lines.join('|')} in ${thread}`, leftOut: 0 }),
    send: async ({ body }, { thread }) => {
      asked.push(`${name}: ${body as string}, ${thread}`);
      return { status: 'accepted', ref: `r${(count += 1)}` };
    },
    ...more,
  };
  return { channel, policy: { name, budget: null, quiet: null, severity: 'info' } };
}
const message = (thread: string | null) => ({ id: 'm', lines: ['Fire'], alerts: [], thread }) as unknown as Message;
const ON_CALL = 'duty/on-call';

describe('the channel of a duty', () => {
  it('is that of whose turn it is, and says why; a thread is of who has it', async () => {
    const asked: string[] = [];
    const all = new Map(['ann/slack', 'bob/email'].map((name) => [name, channelOf(name, asked)]));
    const tell = async (target: string, thread: string | null) => {
      const { channel, policy } = withDuties(all, new Map([[ON_CALL, [target]]])).get(ON_CALL)!;
      assert.deepEqual([channel.name, policy.name], [ON_CALL, ON_CALL]);
      return channel.send(channel.fit(message(thread), 'rich'), message(thread), scopeOf());
    };
    const first = await tell('ann/slack', null);
    assert.deepEqual(first, { status: 'accepted', ref: 'ann/slack r1' });
    await tell('ann/slack', 'ann/slack r1');
    await tell('bob/email', 'ann/slack r1');
    const why = 'You are told this because it is your turn: on-call.|Fire';
    assert.deepEqual(asked, [
      `ann/slack: ${why} in null, null`,
      `ann/slack: ${why} in r1, r1`,
      `bob/email: ${why} in null, null`,
    ]);
  });

  it('is none where that of the person is gone, and others stay as they are', () => {
    const all = new Map([['crm', channelOf('crm', [])]]);
    assert.equal(withDuties(all, new Map()), all);
    assert.deepEqual([...withDuties(all, new Map([[ON_CALL, ['ann/slack']]])).keys()], ['crm']);
  });

  it('names the channels of the others who are there, and what they are told before', () => {
    const all = new Map(['ann/slack', 'bob/email', 'cara/email'].map((name) => [name, channelOf(name, [])]));
    const named = (name: string, targets: readonly string[]) =>
      withDuties(all, new Map([[name, targets]])).get(name)!.channel;
    const { also } = named(ON_CALL, ['gone/email', 'bob/email', 'ann/slack', 'cara/email']);
    const lines = ['You are told this because it is your turn: on-call.'];
    assert.deepEqual(also, { channels: ['ann/slack', 'cara/email'], lines });
    const person = named('person/ann', ['ann/slack', 'bob/email']);
    assert.deepEqual(person.also, { channels: ['bob/email'], lines: [] });
    assert.deepEqual(person.fit(message(null), 'rich').body, 'Fire in null');
  });

  it('tells what became of a post as it is, and where people act from', async () => {
    const refused = { status: 'refused', why: 'no such user' } as const;
    const places: (string | null)[] = [];
    const desk = { isAt: async (_: unknown, ref: string | null) => places.push(ref) > 0 } as unknown as Desk;
    const ann = channelOf('ann/slack', [], { send: async () => refused, desk: async () => desk });
    const { channel } = withDuties(new Map([['ann/slack', ann]]), new Map([[ON_CALL, ['ann/slack']]])).get(ON_CALL)!;
    assert.deepEqual(await channel.send({ body: '', leftOut: 0 }, message(null), scopeOf()), refused);
    const made = await channel.desk!();
    for (const ref of ['ann/slack r1', 'bob/email r1', null]) await made.isAt({} as never, ref, scopeOf());
    assert.deepEqual(places, ['r1', null, null]);
  });
});

describe('who is on duty', () => {
  const sheetOf = (who: string): Sheet => ({
    columns: ['task', 'main', 'backup', 'date'],
    rows: [
      { row: 2, cells: { task: 'On call', main: who, backup: 'bob', date: '2026-11-23' } },
      { row: 3, cells: { task: 'On call', main: 'bob', date: '2026-11-30' } },
    ],
    dates: 'y-m-d',
  });
  const rule = (tell: readonly string[], escalate?: readonly string[]) => ({
    tell,
    ...(escalate === undefined ? {} : { escalate: { afterMs: 1, tell: escalate } }),
  });

  function stage(who: string, tell: readonly string[] = [ON_CALL], admin: readonly string[] = ['ops']) {
    const state = {
      sheet: sheetOf(who) as Sheet | null,
      unread: undefined as Error | undefined,
      now: '2026-11-29T22:00Z',
      told: [] as string[],
    };
    const book = createDutyBook();
    const chore = seeToDuties({
      book,
      inForce: () =>
        ({
          filters: [{ alerts: [rule(tell)] }, {}],
          watches: [],
          digests: [],
          reminders: [reminderOf({ kind: 'duty', sheet: 'rota', intervals: {}, calendar: null })],
        }) as never,
      now: async () => Date.parse(state.now),
      feeds: {
        sheets: {
          read: async () => (state.sheet === null ? null : { good: { found: state.sheet, at: 0 }, last: null }),
        },
        calendars: undefined,
      },
      given: () => ({
        people: [
          ...[personOf('ann'), personOf('bob'), personOf('ann-b'), personOf('mute', { channels: [] })],
          personOf('dora-fox', { channels: ['team.dora-fox/slack', 'team.dora-fox/email', 'team.dora-fox/gone'] }),
        ],
        isThere: (name) => !name.endsWith('gone'),
        admin,
      }),
      unread: () => state.unread,
      admin: { tellDaily: async (kind, line) => void state.told.push(`${kind}: ${line}`) },
    });
    const look = async (): Promise<readonly string[]> => {
      await chore.work(scopeOf());
      return [...book.channels()].map((it) => it.flat().join(' '));
    };
    return { look, state };
  }

  it('follows from sheet and day, where it is', async () => {
    const { look, state } = stage('mute');
    assert.deepEqual(await look(), ['duty/on-call bob/email'], 'the backup');
    state.sheet = sheetOf('ann-b');
    assert.deepEqual(await look(), ['duty/on-call ann-b/email']);
    state.now = '2026-11-29T23:00Z';
    assert.deepEqual([await look(), state.told], [['duty/on-call bob/email'], []]);
  });

  it('is the admin where nobody is meant for sure, or nobody is reached, who hears why', async () => {
    const { look, state } = stage('Ann');
    assert.deepEqual(await look(), ['duty/on-call ops']);
    assert.deepEqual(state.told, [
      'duty/on-call: What is told to duty/on-call may not reach them: "Ann" may be ann or ann-b',
    ]);
    const other = stage('ann', ['duty/other', 'crm']);
    assert.deepEqual(await other.look(), ['duty/other ops']);
    assert.match(other.state.told[0]!, /no sheet says whose turn other is/);
    const alone = stage('mute', ['duty/other'], []);
    assert.deepEqual(await alone.look(), []);
  });

  it('are all who share a turn, each once; who is not reached takes nobody along', async () => {
    const { look, state } = stage('ann-b/bob/dora');
    assert.deepEqual(await look(), ['duty/on-call ann-b/email bob/email team.dora-fox/slack']);
    state.sheet = sheetOf('bob/mute/ann-b/nobody');
    assert.deepEqual(await look(), ['duty/on-call bob/email ann-b/email']);
    assert.match(state.told.join(), /may not reach them: nobody is called "nobody"$/);
  });

  it('is somebody of a sheet by all of their channels, or by one', async () => {
    const { look, state } = stage('ann', ['person/dora', 'person/dora/email', 'person/dora/telegram', 'person/fred']);
    assert.deepEqual(await look(), [
      'person/dora team.dora-fox/slack team.dora-fox/email',
      'person/dora/email team.dora-fox/email',
      'person/dora/telegram ops',
      'person/fred ops',
    ]);
    assert.deepEqual(state.told, [
      'person/dora/telegram: What is told to person/dora/telegram may not reach them: dora-fox has no channel telegram',
      'person/fred: What is told to person/fred may not reach them: nobody is called "fred"',
    ]);
    state.unread = new Error('team: it was not read yet');
    assert.equal((await look())[0], 'person/dora team.dora-fox/slack team.dora-fox/email');
    assert.match(state.told.at(-1)!, /team: it was not read yet/);
    const mute = stage('ann', ['person/mute']);
    assert.deepEqual(await mute.look(), ['person/mute ops']);
    assert.match(mute.state.told.join(), /mute has no channel$/);
  });

  it('stays as it was while the sheet cannot be had', async () => {
    const { look, state } = stage('ann-b');
    await look();
    state.sheet = null;
    assert.deepEqual(await look(), ['duty/on-call ann-b/email']);
    assert.match(state.told[0]!, /rota: it was not read yet/);
    const fresh = stage('ann');
    fresh.state.sheet = null;
    assert.deepEqual(await fresh.look(), ['duty/on-call ops']);
  });

  it('is asked only where something is told to a duty', async () => {
    const { look, state } = stage('ann', ['crm']);
    assert.deepEqual([await look(), state.told], [[], []]);
    const told = namesTold({
      filters: [{ alerts: [rule(['crm', ON_CALL]), rule(['crm'], ['duty/lead'])] }],
      watches: [{ rules: [rule([ON_CALL])] }],
      digests: [rule(['duty/reader'])],
      reminders: [],
    } as never);
    assert.deepEqual(told, [ON_CALL, 'duty/lead', 'duty/reader']);
  });
});
