import assert from 'node:assert/strict';
import { NOW } from '../../../support/time/clock.ts';
import { contentIn, type FilingBox, filingBox, TRACEBACK } from '../../../support/tickets/filing.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const CUT = { status: 'uncertain', why: 'jira: no answer in 30 s' } as const;
const hit = (at: number) => ({ at, user: null, url: null });

describe('filing a ticket', () => {
  let box: FilingBox;
  beforeEach(() => (box = filingBox()));
  const statusOf = async (...given: Parameters<FilingBox['file']>): Promise<string> =>
    (await box.file(...given)).status;
  const counts = () => [
    box.tracker.created.length,
    ...[...box.tracker.tickets.values()].map((it) => it.comments.length),
  ];

  it('makes one, with labels, text and hits', async () => {
    assert.deepEqual(await box.file(), {
      status: 'created',
      ticket: { id: '10001', key: 'CRM-1', url: 'https://jira.example.com/browse/CRM-1' },
      say: 'Created CRM-1',
    });
    const [made] = box.tracker.created;
    assert.equal(made!.summary, "KeyError: 'cart-17'");
    assert.deepEqual(made!.labels, ['sentry-monitor', 'sm-3accc22c9a2cf324']);
    const { text } = box.tracker.tickets.get('10001')!;
    assert.ok(text.includes(TRACEBACK) && text.includes('2026-11-20 10:06:30 UTC, user ann'), text);
  });

  it('makes one of many clicks at once, and all of them get its key', async () => {
    const all = await Promise.all(Array.from({ length: 3 }, () => box.file()));
    assert.equal(box.tracker.created.length, 1);
    assert.deepEqual(
      all.map((it) => ('ticket' in it ? it.ticket.key : it.status)),
      Array.from({ length: 3 }, () => 'CRM-1'),
    );
  });

  it('makes no second one after a time-out, whatever search says, and finds the first by its label', async () => {
    box.tracker.next('create', CUT, true);
    box.tracker.unseen.add('10001');
    assert.equal(await statusOf(), 'uncertain');
    for (let minute = 0; minute < 10; minute++) {
      assert.equal(await statusOf(), 'uncertain');
      box.clock.advance(MINUTE);
    }
    box.tracker.unseen.clear();
    assert.equal(await statusOf(), 'created');
    assert.equal(await statusOf(), 'exists');
    assert.deepEqual(counts(), [1, 0]);
  });

  it('makes another one when nothing was found for a quarter of an hour, and not a minute before', async () => {
    box.tracker.next('create', CUT);
    assert.equal(await statusOf(), 'uncertain');
    box.clock.advance(15 * MINUTE - 1);
    assert.equal(await statusOf(), 'uncertain');
    box.clock.advance(1);
    box.tracker.next('findByLabel', { status: 'later', why: 'jira: 503' });
    assert.equal(await statusOf(), 'uncertain');
    assert.equal(await statusOf(), 'created');
    assert.deepEqual(counts(), [1, 0]);
  });

  it('comments on an open one at most once a day, with what is newer than what it tells', async () => {
    await box.file();
    box.content = contentIn({ hits: [hit(NOW + 5 * MINUTE), hit(NOW - MINUTE)], total: 2 });
    assert.equal(await statusOf(), 'exists');
    box.clock.advance(120 * MINUTE);
    assert.equal(await statusOf(), 'exists', 'it is the same day');
    box.clock.advance(DAY);
    assert.equal(await statusOf(), 'commented');
    const [comment] = box.tracker.tickets.get('10001')!.comments;
    assert.ok(comment!.includes('2026-11-20 10:12:30 UTC') && !comment!.includes('10:06:30'), comment);
    assert.ok(!comment!.includes('Traceback'), comment);
    box.clock.advance(2 * DAY);
    assert.equal(await statusOf(), 'exists', 'nothing is new');
  });

  it('opens one again that was done for five days, once, and comments', async () => {
    await box.file();
    box.tracker.change('10001', { isDone: true, doneAt: NOW + DAY, resolution: 'Done', status: 'Erledigt' });
    box.clock.advance(6 * DAY);
    assert.equal(await statusOf(), 'exists', 'nothing was stored after it was done');
    box.content = contentIn({ hits: [hit(NOW + 6 * DAY)], total: 9, storedAt: NOW + 6 * DAY });
    assert.equal(await statusOf(), 'reopened');
    assert.deepEqual(counts(), [1, 1]);
    assert.equal(await statusOf(), 'exists');
  });

  it('only comments where the workflow has no way back, and does not ask again', async () => {
    await box.file();
    box.tracker.hasWayBack = false;
    box.tracker.change('10001', { isDone: true, doneAt: NOW + DAY, resolution: 'Done' });
    box.clock.advance(6 * DAY);
    box.content = contentIn({ hits: [hit(NOW + 6 * DAY)], total: 9, storedAt: NOW + 6 * DAY });
    assert.equal(await statusOf(), 'commented');
    box.clock.advance(2 * DAY);
    assert.equal(await statusOf(), 'exists');
    assert.equal(box.tracker.calls.filter((it) => it === 'reopen').length, 1);
  });

  it('makes a new one where it was done for 45 days, and relates them', async () => {
    await box.file();
    box.tracker.change('10001', { isDone: true, doneAt: NOW + DAY, resolution: 'Done' });
    box.clock.advance(46 * DAY + 1);
    box.content = contentIn({ hits: [hit(NOW + 46 * DAY)], total: 9, storedAt: NOW + 46 * DAY });
    assert.equal(await statusOf(), 'created');
    assert.deepEqual(box.tracker.related, [['CRM-2', 'CRM-1']]);
    assert.ok(box.tracker.tickets.get('10002')!.text.includes('It was in CRM-1 before.'));
    assert.equal(await statusOf(), 'exists');
    assert.deepEqual(counts(), [2, 0, 0]);
  });

  for (const resolution of ["Won't Do", 'Won’t do', 'DUPLICATE'])
    it(`only comments on one of which nothing will be done: ${resolution}`, async () => {
      await box.file();
      box.tracker.change('10001', { isDone: true, doneAt: NOW + DAY, resolution });
      box.clock.advance(45 * DAY);
      box.content = contentIn({ hits: [hit(NOW + 44 * DAY)], total: 9, storedAt: NOW + 44 * DAY });
      assert.equal(await statusOf(), 'commented');
      assert.deepEqual(counts(), [1, 1]);
    });

  it('makes a new one for one that was deleted after it was seen, and none for one that it cannot see', async () => {
    await box.file();
    box.clock.advance(DAY);
    box.tracker.tickets.delete('10001');
    assert.equal(await statusOf(), 'refused');
    assert.equal(box.tracker.created.length, 1);
  });
});
