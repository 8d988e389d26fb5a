import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type JiraDouble, startJira } from '../../sandbox/jira/server.ts';
import type { Json } from '../support/e2e/json.ts';
import type { Service } from '../support/e2e/service.ts';
import { openQueueBench, type QueueBench, withKeys } from '../support/intakes/queue-bench.ts';

const DAY = 86_400_000;
const JIRA_KEY = 'jira-token-0123456789';
/** The first window that is decided starts at ten. */
const TEN = Date.UTC(2026, 10, 20, 10, 0);

describe('issues that nobody made a ticket of', () => {
  withKeys();
  let bench: QueueBench;
  let jira: JiraDouble;
  let service: Service;
  before(async () => {
    bench = await openQueueBench();
    jira = await startJira({ kind: 'data-center', now: bench.clock.now, login: `Bearer ${JIRA_KEY}` });
    const file = {
      channels: { crm: { 'slack-webhook': 'CRM_HOOK' }, inbox: { jira: 'CRM' } },
      tickets: { jira: { url: jira.url, key: 'JIRA_TOKEN', project: 'CRM' } },
    };
    const filter = { name: 'nightly', projects: ['shop'], alerts: ['unticketed for 14d'], tell: 'crm' };
    const often = { name: 'often', projects: ['shop'], alerts: [{ when: 'any', after: '100 in 1d' }], tell: 'inbox' };
    service = await bench.serveQueues([filter, often], {
      env: { CRM_HOOK: bench.receiver.url, JIRA_TOKEN: JIRA_KEY },
      file,
    });
    // Of issue 8 somebody made one by hand, which says whose it is.
    const label = `sm-${createHash('sha256').update('shop/8').digest('hex').slice(0, 16)}`;
    const fields = {
      project: { key: 'CRM' },
      issuetype: { name: 'Bug' },
      summary: 'The cart',
      labels: ['sentry-monitor', label],
    };
    jira.create({ fields });
    assert.equal((await service.post()).status, 200);
  });
  after(async () => {
    await bench.close();
    await jira.close();
  });

  const on = (day: number, minutes = 7.5): void =>
    bench.clock.advance(TEN + day * DAY + minutes * 60_000 - bench.clock.now());
  const put = (day: number, issue: number, events: number, minutes = 0): void =>
    bench.put(
      'shop',
      ...Array.from({ length: events }, (_, n) => ({
        at: TEN + day * DAY + minutes * 60_000 + n * 1000,
        issue,
        user: { id: `user-${n}` },
      })),
    );
  /** A day of which it is known what was done in Jira until it began: a run of the window before has read it. */
  const begin = async (day: number): Promise<void> => {
    const searches = () => jira.asked.filter((it) => it.includes('search')).length;
    const before = searches();
    on(day, 2.5);
    await service.post();
    await bench.until(() => searches() > before);
  };
  const posts = (): readonly Json[] => bench.receiver.taken;
  /** All that people see of a post, a line each. */
  const seen = (post: Json): readonly string[] =>
    post.blocks
      .flatMap(({ elements = [] }: Json) => elements.flatMap((it: Json) => it.elements ?? []))
      .map(({ text = '' }: Json) => text)
      .join('')
      .split('\n');

  it('are told in one post with forty events and how many more, again after an error, and once', async () => {
    await begin(1);
    put(1, 7, 50);
    put(1, 8, 3);
    bench.receiver.answer(500);
    on(1);
    assert.equal((await service.post()).status, 200);
    assert.deepEqual([bench.receiver.tried.length, posts().length], [1, 0]);
    bench.receiver.answer(200);
    on(1, 12.5);
    await service.post();
    on(1, 17.5);
    await service.post();
    assert.deepEqual([bench.receiver.tried.length, posts().length], [2, 1]);
    const events = seen(posts()[0]).filter((line) => /^2026-11-21 \d\d:\d\d:\d\d UTC, user /.test(line));
    assert.deepEqual(
      events,
      Array.from({ length: 40 }, (_, n) => `2026-11-21 10:00:${49 - n} UTC, user id:user-${49 - n}`),
    );
    const [last] = seen(posts()[0]).filter((line) => line.startsWith('and '));
    assert.equal(last, 'and 10 more');
  });

  it('are not those whose ticket was touched 13 days ago, and are those of 15 days ago', async () => {
    await begin(13);
    put(13, 8, 1);
    on(13);
    await service.post();
    assert.equal(posts().length, 1);
    await begin(15);
    put(15, 8, 1, 5);
    on(15, 12.5);
    await service.post();
    assert.equal(posts().length, 2);
    assert.ok(seen(posts()[1]).some((line) => /of an issue whose ticket CRM-1 was touched 15 days ago/.test(line)));
  });

  it('have one of a rule that wants it only after a hundred events in a day', async () => {
    const made = () => jira.issues.map(({ summary }) => summary).slice(1);
    const ended = async (): Promise<unknown> => {
      const { alerts } = (await service.post()).body;
      const [own] = alerts.filter(({ filter, subject }: Json) => filter === 'often' && subject.id === '9');
      return own.channels.inbox;
    };
    for (const [minutes, events] of [
      [10, 60],
      [15, 39],
    ] as const) {
      put(15, 9, events, minutes);
      on(15, minutes + 7.5);
      const wanted = {
        status: 'grouped',
        tries: 0,
        error: `waits for events: ${minutes === 10 ? 60 : 99} of 100 in 1 d so far`,
      };
      assert.deepEqual(await ended(), wanted);
    }
    assert.deepEqual(made(), []);
    jira.faults.push({ method: 'POST', path: '/issue', kind: 503 });
    put(15, 9, 1, 20);
    on(15, 27.5);
    assert.match(JSON.stringify(await ended()), /"status":"pending","tries":1,"error":"tickets\.jira: answered 503/);
    assert.equal(made().length, 0);
    for (const minutes of [25, 30]) {
      put(15, 9, 1, minutes);
      on(15, minutes + 7.5);
      await service.post();
      assert.equal(made().length, 1, 'of all that came meanwhile it is one');
    }
  });
});
