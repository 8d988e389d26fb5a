import assert from 'node:assert/strict';
import type { Held } from '../../../support/tickets/tracker.ts';
import { contentIn, type FilingBox, filingBox, TRACEBACK } from '../../../support/tickets/filing.ts';
import { NOW } from '../../../support/time/clock.ts';

const MINUTE = 60_000;
const hit = (at: number) => ({ at, user: null, url: null });
const syslog = (host: string, text: string): string => `Nov 20 10:00:01 ${host} shop: ${text}`;

describe('what is written into a ticket that somebody made by hand', () => {
  let box: FilingBox;
  beforeEach(() => (box = filingBox()));

  /** Of a ticket that says so, what the comment of an issue with three events says. */
  async function commentOn(text: string): Promise<string> {
    const byHand: Partial<Held> = {
      ...{ id: '9', key: 'CRM-9', url: '', summary: 'The cart', status: 'To Do', isDone: false, doneAt: null },
      ...{ resolution: null, assignee: null, labels: [], createdAt: 1, updatedAt: 1, comments: [], text },
    };
    box.tracker.tickets.set('9', byHand as Held);
    box.content = contentIn({ hits: [hit(NOW), hit(NOW - MINUTE), hit(NOW - 2 * MINUTE)], total: 3 });
    const outcome = await box.file({ ticket: 'CRM-9' });
    assert.equal(outcome.status, 'commented', outcome.say);
    return box.tracker.tickets.get('9')!.comments[0]!;
  }

  it('is all of it where its text lacks the traceback', async () => {
    const comment = await commentOn('The cart is broken since Monday');
    assert.ok(comment.includes(TRACEBACK), comment);
    assert.equal(comment.match(/10:0\d:30 UTC/g)!.length, 3);
  });

  it('is what is new alone where the traceback is pasted among lines of other machines', async () => {
    const pasted = TRACEBACK.split('\n').flatMap((line) => [syslog('web-1', line), syslog('web-2', 'GET /cart 200')]);
    const comment = await commentOn(pasted.join('\n'));
    assert.ok(!comment.includes('Traceback'), comment);
    assert.equal(comment.match(/10:0\d:30 UTC/g)!.length, 3);
  });

  it('is of events newer than the newest that it names', async () => {
    const comment = await commentOn(`${TRACEBACK}\n2026-11-20 10:05:30 UTC\n2026-11-20 10:06:30 UTC`);
    assert.deepEqual(comment.match(/10:0\d:30 UTC/g), ['10:07:30 UTC']);
  });
});
