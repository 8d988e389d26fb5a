import assert from 'node:assert/strict';
import { sqlEraser } from '../../../../src/storage/ledger/erasing/index.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../support/build/reports.ts';
import { textsWith } from '../../../support/erasing/marked-rows.ts';
import { eventOf } from '../../../support/events/events.ts';
import { type LedgerBox, sqliteBox } from '../../../support/ledger/ledgers.ts';

const DEPS = { uuid: () => '0a1b2c3d-0000', sleep: async () => undefined };
const CURSOR = { name: '', position: null, watermark: null };
const ALL = { projects: ['web'], environments: [], levels: [] };
const DAY = { start: WINDOW.start - 43_200_000, end: WINDOW.start + 43_200_000 };

const sample = (text: string) => ({ text, frames: [], context: [`GET / by ${text}`], link: 'https://example.com/1' });
const EVENTS = [
  eventOf('1', { user: 'id:4711', title: 'no cart of 4711', text: 'line 4711', sample: sample('4711') }),
  eventOf('2', { user: 'id:4711', tags: { city: 'Bergen' }, sample: sample('4711') }),
  eventOf('3', { user: 'id:9', text: 'order 4711', sample: sample('order 4711'), at: WINDOW.start + 90_000 }),
  eventOf('4', { user: null, tags: { 'user.id': '4711', plan: 'free' }, issueId: '2' }),
];

describe('events of a user who is erased', () => {
  let box: LedgerBox;
  beforeEach(async () => {
    box = await sqliteBox();
    await sqlEvents(box.database).add({ project: 'web', events: EVENTS, cursor: CURSOR });
  });
  afterEach(() => box.close());
  const erase = (...names: readonly string[]) => sqlEraser(box.database, DEPS).erase({ names, isDry: false });

  it('are counted as before, and so are users', async () => {
    const store = sqlEvents(box.database);
    const numbers = async (): Promise<unknown> => ({
      counts: [...(await store.counts(ALL, ['6507376925', '2'], DAY))],
      users: await store.users(ALL, DAY, 0),
      held: await store.held(['web'], DAY),
    });
    const before = await numbers();
    assert.deepEqual(before, {
      counts: [
        ['6507376925', 3],
        ['2', 1],
      ],
      users: { users: 2, issues: { 6507376925: 2 } },
      held: 4,
    });
    await erase('4711');
    assert.deepEqual(await numbers(), before);
  });

  it('lose texts, tags and user; a short number stays in what is of others', async () => {
    const erased = await erase('4711');
    assert.deepEqual(erased.rows, [
      { table: 'events', rows: 3 },
      { table: 'event_issues', rows: 1 },
      { table: 'event_firsts', rows: 2 },
    ]);
    const events: unknown[] = [];
    await sqlEvents(box.database).each(['web'], DAY, (some) => events.push(...some));
    assert.deepEqual(
      (events as Record<string, unknown>[]).map(({ id, user, title, text, tags }) => [id, user, title, text, tags]),
      [
        ['1', 'erased-0a1b2c3d', 'no cart of [erased]', null, {}],
        ['2', 'erased-0a1b2c3d', 'TypeError: cart is undefined', null, {}],
        ['4', null, 'TypeError: cart is undefined', null, {}],
        ['3', 'id:9', 'TypeError: cart is undefined', 'order 4711', {}],
      ],
    );
    const [first, newest] = await sqlEvents(box.database).samples('web', '6507376925');
    assert.deepEqual([first!.user, first!.sample], ['erased-0a1b2c3d', { text: null, frames: [], context: [] }]);
    assert.equal(newest!.sample!.text, 'order 4711');
    assert.deepEqual(await textsWith(await box.database.ready(), 'bergen'), []);
  });

  it('are not stored again when they are read again', async () => {
    await erase('id:4711');
    const again = await sqlEvents(box.database).add({ project: 'web', events: EVENTS, cursor: CURSOR });
    assert.deepEqual(again, { stored: 0, repeats: 4, rejects: 0 });
    assert.equal((await textsWith(await box.database.ready(), 'id:4711')).length, 0);
  });

  it('are theirs too where there is nothing but a name; what is no JSON is a text', async () => {
    const bare = eventOf('7', { user: 'Kim Ode', title: 'Kim Ode', culprit: null, issueId: '7' });
    await sqlEvents(box.database).add({ project: 'web', events: [bare], cursor: CURSOR });
    const { db } = await box.database.ready();
    const rows = [
      { mute_id: 'a', mute: 'for Kim Ode' },
      { mute_id: 'b', mute: '"Kim Ode"' },
    ];
    await db.insertInto('sentry_monitor_mutes').values(rows).execute();
    await erase('Kim Ode');
    const mutes = await db.selectFrom('sentry_monitor_mutes').select('mute').orderBy('mute_id').execute();
    assert.deepEqual(
      mutes.map(({ mute }) => mute),
      ['for [erased]', '"[erased]"'],
    );
    assert.deepEqual(await textsWith(await box.database.ready(), 'kim'), []);
    const [first] = await sqlEvents(box.database).samples('web', '7');
    assert.deepEqual([first!.user, first!.sample], ['erased-0a1b2c3d', null]);
  });

  it('are not those of somebody with a longer number, or a shorter one', async () => {
    assert.deepEqual((await erase('471', 'id:47110', 'id:471')).rows, []);
  });

  it('are found by a longer name in any text, and what is called so is told', async () => {
    const events = [
      eventOf('5', { text: 'mail to KIM@example.com bounced', environment: 'kim@example.com' }),
      eventOf('6', { text: 'akim@example.com' }),
    ];
    await sqlEvents(box.database).add({ project: 'web', events, cursor: CURSOR });
    const erased = await erase('kim@example.com');
    assert.deepEqual(erased.rows, [
      { table: 'events', rows: 1 },
      { table: 'event_firsts', rows: 1 },
    ]);
    assert.deepEqual(
      erased.left.map(({ table, column, rows }) => `${table} ${column} ${rows}`),
      ['events environment 1', 'event_firsts environment 1', 'event_counts environment 1'],
    );
  });
});
