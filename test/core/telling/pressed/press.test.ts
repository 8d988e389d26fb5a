import assert from 'node:assert/strict';
import type { PressedAct } from '../../../../src/core/ports/alerting/desk.ts';
import { whyNot } from '../../../../src/core/telling/pressed/may.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { ANN, type PressBench, pressBench } from '../../../support/slack/press-bench.ts';

const TICKET: PressedAct = { kind: 'ticket', team: null };
const HOUR_MUTE: PressedAct = { kind: 'mute', end: '1h' };
const EVE = { id: 'U0EVE', name: 'eve', isStranger: true };

describe('who presses something below an alert', () => {
  let bench: PressBench;
  beforeEach(async () => void (bench = await pressBench()));
  const doneBy = async (): Promise<readonly string[]> =>
    (await bench.outbox.actions({ from: 0, limit: 20 })).map(({ by, kind, text }) => `${by} ${kind}: ${text}`);

  it('has a ticket made, and the message says so and shows it', async () => {
    const outcome = await bench.server().press(TICKET);
    assert.ok(outcome.status === 'done');
    assert.equal(outcome.say, 'Created CRM-1 (ann (U0ANN))');
    const { done, tickets } = outcome.message;
    assert.deepEqual(done, { [bench.alerts[0]!.id]: outcome.say });
    assert.deepEqual(
      bench.alerts.map(({ id }) => tickets?.[id]?.map(({ key }) => key)),
      [['CRM-1'], ['CRM-1']],
      'both alerts are of the issue',
    );
    assert.deepEqual(await doneBy(), ['ann (U0ANN) ticket: Created CRM-1, for TypeError: x is undefined']);
  });

  it('gets the key of the first one when he presses again, and there is no second ticket', async () => {
    const server = bench.server();
    await server.press(TICKET);
    const outcome = await server.press(TICKET);
    assert.ok(outcome.status === 'done');
    assert.match(outcome.say, /CRM-1/);
    assert.equal(bench.box.tracker.created.length, 1);
  });

  it('is one of many: on two servers, in Slack and on the page at once, and there is one ticket', async () => {
    const [one, other] = [bench.server(), bench.server()];
    const issue = { project: 'crm-web', id: '6507376925' };
    const page = { issue, project: null, team: null, ticket: null, by: 'bob', from: 'page' } as const;
    await Promise.all([
      ...Array.from({ length: 5 }, () => [one.press(TICKET), other.press(TICKET)]).flat(),
      one.tickets.file(page, bench.box.scope),
      other.tickets.file(page, bench.box.scope),
    ]);
    assert.equal(bench.box.tracker.created.length, 1);
  });

  it('has it made for a team, and for no other than those that there are', async () => {
    await bench.server().press({ kind: 'ticket', team: 'shop' });
    assert.equal(bench.box.tracker.created[0]!.team, 'shop');
    const outcome = await bench.server().press({ kind: 'ticket', team: 'eve' });
    assert.match(outcome.say, /^Not done: no team of tickets is named eve/);
  });

  it('is told what the tracker has against it, field by field', async () => {
    bench.box.tracker.next('create', {
      status: 'refused',
      why: 'CRM takes no such ticket',
      fields: { team: 'needed' },
    });
    const outcome = await bench.server().press(TICKET);
    assert.deepEqual([outcome.status, outcome.say], ['not done', 'CRM takes no such ticket; team: needed']);
    assert.deepEqual(await doneBy(), []);
  });

  it('says that a mute lasts until it is taken away, where nobody says that an issue is resolved', async () => {
    const told = (id: string) => alertOf({ state: 'told', rule: 'new', subject: { id } });
    const bench = await pressBench([told('7'), alertOf({ rule: 'events > 100' })]);
    bench.users = ['U0ANN'];
    const until = { kind: 'mute', end: 'resolved' } as const;
    const said = async (place: number): Promise<string> =>
      (await bench.server().press(until, { place, id: `${place} ${bench.isEndless}` })).say;
    assert.equal(await said(0), 'ann (U0ANN): muted until it is resolved');
    bench.isEndless = true;
    const ends =
      'of a log nobody says that an issue is resolved, so it lasts until sentry-monitor unmute 00000001-1111';
    assert.equal(await said(0), `ann (U0ANN): muted until it is resolved; ${ends}`);
    assert.equal(await said(1), 'ann (U0ANN): muted until it is resolved');
  });

  it('mutes, once for each press on however many servers, and other lines stay as they are', async () => {
    const [one, other] = [bench.server(), bench.server()];
    const outcomes = [await one.press(HOUR_MUTE, { id: 'same' }), await other.press(HOUR_MUTE, { id: 'same' })];
    assert.deepEqual(
      outcomes.map(({ say }) => say),
      ['ann (U0ANN): muted until 2026-11-20 11:00 UTC', 'This was done already.'],
    );
    assert.equal((await bench.outbox.mutes()).length, 1);
    const later = await other.press(TICKET, { place: 1 });
    assert.ok(later.status === 'done');
    assert.deepEqual(Object.values(later.message.done!), [
      'ann (U0ANN): muted until 2026-11-20 11:00 UTC',
      'Created CRM-1 (ann (U0ANN))',
    ]);
  });

  it('acts on nothing but a message that was sent there, and is kept', async () => {
    const { press } = bench.server();
    assert.match((await press(TICKET, { messageId: 'gone' })).say, /^Not done: this message is not kept any more/);
    assert.match((await press(TICKET, { place: 2 })).say, /^Not done: this message is not kept any more/);
    bench.isThere = false;
    assert.match((await press(TICKET)).say, /^Not done: this message is not one that was sent there/);
    assert.equal(bench.box.tracker.calls.length, 0);
  });

  it('finds tickets to add to, when he may', async () => {
    const server = bench.server();
    await server.press(TICKET);
    assert.equal((await server.look('CRM-1')).length, 1);
    assert.deepEqual([await server.look('CRM-1', EVE), await server.look('  ')], [[], []]);
    bench.users = ['U0BOB'];
    assert.deepEqual(await server.look('CRM-1'), []);
  });
});

describe('tickets to choose from', () => {
  it('are thirty at most', async () => {
    const bench = await pressBench();
    const base = { url: '', status: '', isDone: false, doneAt: null, resolution: null, assignee: null, labels: [] };
    const tickets = Array.from({ length: 31 }, (_, n) => ({
      ...{ ...base, id: `${n}`, key: `CRM-${n}`, summary: `cart ${n}`, createdAt: 1, updatedAt: n, project: 'CRM' },
      ...{ words: '', openings: [], said: `crm-${n} cart ${n}` },
    }));
    await bench.box.deps.store.keepKnown({ project: 'CRM', tickets, until: null });
    assert.equal((await bench.server().look('cart')).length, 30);
  });
});

describe('who may press what', () => {
  const mute = (end: '1h' | '1d' | 'resolved'): PressedAct => ({ kind: 'mute', end });
  const all = [TICKET, { kind: 'add', ticket: 'CRM-1' } as const, mute('1h'), mute('1d'), mute('resolved')];
  const may = (severity: 'critical' | 'warning', users: readonly string[] | null, who = ANN): string =>
    all.map((act) => (whyNot({ act, who }, severity, users) === null ? 'y' : 'n')).join('');

  it('is everything for who is named, and nothing for others then', () => {
    assert.deepEqual(
      [may('critical', ['U0ANN']), may('warning', ['U0BOB']), may('warning', [])],
      ['yyyyy', 'nnnnn', 'nnnnn'],
    );
    assert.equal(may('warning', ['U0EVE'], EVE), 'yyyyy', 'also one of another organization');
  });

  it('is a little for everybody where nobody is named: tickets, and an hour of what is not critical', () => {
    assert.deepEqual(
      [may('warning', null), may('critical', null), may('warning', null, EVE)],
      ['yyynn', 'yynnn', 'nnnnn'],
    );
  });

  it('is said in one sentence', () =>
    assert.equal(
      whyNot({ act: mute('1d'), who: ANN }, alertOf().severity, null),
      'for more than an hour it is muted by those alone whom slackUsers names',
    ));
});
