import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../../../src/core/model/window.ts';
import type { Cursor, KeptCursor, StoredEvent } from '../../../../src/core/ports/events/event-store.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../support/build/reports.ts';
import { eventOf } from '../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const ALL = { projects: ['web'], environments: [], levels: [] };

for (const { kind, open } of KINDS)
  describe(`events in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;

    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });

    afterEach(() => box.close());

    const eventsIn = async (span = WINDOW, projects = ['web']): Promise<readonly StoredEvent[]> => {
      const found: StoredEvent[] = [];
      await store.each(projects, span, (events) => void found.push(...events));
      return found;
    };

    it('are stored once each: in a batch, again, by another server, and in another time', async () => {
      const [a, b, c] = [eventOf('a'), eventOf('b'), eventOf('c')];
      const another = sqlEvents(box.another());
      assert.deepEqual(await store.add({ project: 'web', events: [a, b, b] }), { stored: 2, repeats: 1, rejects: 0 });
      const later = { ...a, at: a.at + DAY_MS };
      assert.deepEqual(await another.add({ project: 'web', events: [b, later, c] }), {
        stored: 1,
        repeats: 2,
        rejects: 0,
      });
      assert.deepEqual(
        (await eventsIn()).map(({ id }) => id),
        ['a', 'b', 'c'],
      );
      assert.equal(await store.held(['web'], WINDOW), 3);
      assert.equal(await store.held(['web'], { start: WINDOW.end, end: WINDOW.end + DAY_MS }), 0);
      assert.deepEqual([...(await store.counts(ALL, ['6507376925'], WINDOW))], [['6507376925', 3]]);
    });

    it('a cursor says since when and what is missing: the first goes back alone, the other is as it was said last', async () => {
      const said = async (cursor: Partial<Cursor>): Promise<unknown> => {
        await store.add({
          project: 'web',
          events: [],
          cursor: { name: '', position: null, watermark: 500, ...cursor },
        });
        const [{ since, missing, watermark }] = (await store.cursors(['web'])) as [KeptCursor];
        return [since, missing, watermark];
      };
      const hole = { start: 200, end: 300 };
      assert.deepEqual(await said({ since: 100, missing: [hole] }), [100, [hole], 500]);
      assert.deepEqual(await said({ since: 150, watermark: 400 }), [100, [], 500]);
      assert.deepEqual(await said({ since: 50, watermark: null }), [50, [], 500]);
      assert.deepEqual(await said({}), [50, [], 500]);
      await store.add({ project: 'api', events: [], cursor: { name: '', position: null, watermark: 1 } });
      await store.add({ project: 'api', events: [], cursor: { name: '', position: null, watermark: 1, since: 9 } });
      assert.equal((await store.cursors(['api']))[0]!.since, null);
    });

    it('rejects come back, the newest first, with how many there were', async () => {
      const reject = (n: number) => ({
        id: `m${n}`,
        at: WINDOW.start + n,
        reason: 'no JSON',
        place: 'a',
        text: `\0${n}`,
      });
      await store.add({ project: 'web', events: [], rejects: [1, 3, 2].map(reject) });
      await store.add({ project: 'web', events: [], rejects: [reject(2)] });
      assert.deepEqual(await store.rejects('web', 2), {
        ...{ total: 3, notes: 0 },
        newest: [reject(3), reject(2)].map((it) => ({ ...it, isNote: false })),
      });
      assert.deepEqual(await store.rejects('api', 2), { total: 0, notes: 0, newest: [] });
    });

    it('of one project are nothing to another', async () => {
      await store.add({ project: 'web', events: [eventOf('a')] });
      assert.equal((await store.add({ project: 'api', events: [eventOf('a')] })).stored, 1);
      assert.equal(await store.held(['web'], WINDOW), 1);
      assert.equal((await eventsIn(WINDOW, ['web', 'api'])).length, 2);
    });

    it('are found by their id, in the projects that were asked for', async () => {
      await store.add({ project: 'web', events: [eventOf('a\u0000', { issueId: 'odd\u0000' })] });
      assert.deepEqual(await store.locate(['api', 'web'], 'a\u0000'), { project: 'web', issueId: 'odd\u0000' });
      assert.deepEqual([await store.locate(['api'], 'a\u0000'), await store.locate(['web'], 'a')], [null, null]);
      assert.equal(await store.locate([], 'a\u0000'), null);
    });

    it('come back as they were, whatever their texts hold', async () => {
      const odd = 'a\u0000b \\ " 漢字 \u2028';
      const event = eventOf(`id ${odd}`, {
        issueId: `issue ${odd}`,
        title: odd,
        culprit: odd,
        text: odd,
        level: odd,
        environment: odd,
        release: odd,
        user: odd,
        tags: { [odd]: odd },
      });
      await store.add({ project: 'web', events: [event] });
      const { url: _url, sample: _sample, ...stored } = event;
      assert.deepEqual(await eventsIn(), [{ ...stored, project: 'web' }]);
      const known = (await store.issues(['web'], [event.issueId], [odd])).get(event.issueId)!;
      assert.deepEqual([known.title, known.culprit, known.level, known.first], [odd, odd, odd, event.at]);
    });

    it('are cut where their texts are too long, between letters', async () => {
      const long = '😀'.repeat(300);
      await store.add({ project: 'web', events: [eventOf('a', { title: `x${long}`, environment: `x${long}` })] });
      const [event] = await eventsIn();
      assert.equal(event!.title.length, 500);
      assert.equal(event!.environment!.length, 200);
      assert.equal(event!.title.isWellFormed(), true);
    });

    it('count for the window and the instant when they happened, at its edges too', async () => {
      const at = (ms: number): { readonly at: number } => ({ at: ms });
      await store.add({
        project: 'web',
        events: [
          eventOf('before', at(WINDOW.start - 1)),
          eventOf('first', at(WINDOW.start)),
          eventOf('last', at(WINDOW.end - 1)),
          eventOf('after', at(WINDOW.end)),
        ],
      });
      assert.deepEqual(
        (await eventsIn()).map(({ id }) => id),
        ['first', 'last'],
      );
      const span = { start: WINDOW.start - HOUR_MS, end: WINDOW.end + HOUR_MS };
      assert.deepEqual(await store.series(ALL, span, PERIOD_MS), [
        { start: WINDOW.start - PERIOD_MS, events: 1 },
        { start: WINDOW.start, events: 2 },
        { start: WINDOW.end, events: 1 },
      ]);
    });

    it('are counted by environment and level, and their users once', async () => {
      await store.add({
        project: 'web',
        events: [
          eventOf('a', { environment: 'production', user: 'id:1' }),
          eventOf('b', { environment: 'production', user: 'id:1', level: 'fatal' }),
          eventOf('c', { environment: 'staging', user: 'id:2' }),
          eventOf('d', { user: 'id:3', issueId: '2' }),
          eventOf('e', { issueId: '2' }),
        ],
      });
      const production = { ...ALL, environments: ['production'] };
      assert.deepEqual([...(await store.counts(production, ['6507376925', '2'], WINDOW))], [['6507376925', 2]]);
      const fatal = { ...production, levels: ['fatal'] };
      assert.deepEqual(await store.series(fatal, WINDOW, PERIOD_MS), [{ start: WINDOW.start, events: 1 }]);
      assert.deepEqual(await store.users(ALL, WINDOW, 1), { users: 3, issues: { 6507376925: 2 } });
      assert.deepEqual(await store.users(production, WINDOW, null), { users: 1, issues: {} });
    });

    it('more than are read at once all come, each once, in order', async () => {
      const many = Array.from({ length: 10_100 }, (_, n) =>
        eventOf(`e${String(n).padStart(5, '0')}`, { at: WINDOW.start + Math.floor(n / 60) }),
      );
      for (let n = 0; n < many.length; n += 500) await store.add({ project: 'web', events: many.slice(n, n + 500) });
      assert.deepEqual(
        (await eventsIn()).map(({ id }) => id),
        many.map(({ id }) => id),
      );
    });

    it('asked for nothing, answers nothing', async () => {
      assert.deepEqual(await store.add({ project: 'web', events: [] }), { stored: 0, repeats: 0, rejects: 0 });
      assert.equal((await store.issues([], ['1'], [])).size + (await store.counts(ALL, [], WINDOW)).size, 0);
      assert.deepEqual([await store.cursors([]), await store.late([], 0), await store.held([], WINDOW)], [[], [], 0]);
      assert.deepEqual(await store.users({ ...ALL, projects: [] }, WINDOW, 0), { users: 0, issues: {} });
      assert.deepEqual(await store.series({ ...ALL, projects: [] }, WINDOW, PERIOD_MS), []);
    });

    it('more than a batch may have are refused, and none of them is stored', async () => {
      const many = Array.from({ length: 501 }, (_, n) => eventOf(String(n)));
      await assert.rejects(store.add({ project: 'web', events: many }), /a batch has at most 500 events/);
      assert.equal(await store.held(['web'], WINDOW), 0);
    });
  });
