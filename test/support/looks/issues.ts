import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import { MOST_EVENTS } from '../../../src/core/ports/events/event-store.ts';
import { START } from '../e2e/bench.ts';
import type { Service } from '../e2e/service.ts';
import { eventOf } from '../events/events.ts';
import type { QueueBench } from '../intakes/queue-bench.ts';

const FIVE = 300_000;
const DAY = 86_400_000;
const TITLES = [
  'TypeError: cart is undefined',
  'IntegrityError: duplicate key value violates a unique constraint of orders, while the basket of a customer is saved ' +
    'a second time by another worker, which has the same number',
  'Timeout: the payment provider did not answer within 30 s',
  '<img src=x onerror=alert(1)> Bestellung "größer" als erlaubt',
];

/** Calls of an event, the newest last. */
const FRAMES = [
  ...Array.from({ length: 24 }, (_, n) => ({ module: `app/middleware/step${n}.js`, function: 'next', line: n + 1 })),
  { module: 'app/checkout.js', function: 'pay', line: 88 },
  { module: 'app/cart.js', function: 'total', line: 17 },
].map((frame) => ({ ...frame, column: 9 }));

/**
 * An intake with so many issues over thirty days, in full, and a rule that told of those of the last window. The issue
 * `6507376000` is the biggest.
 */
export async function serveIssues(bench: QueueBench, issues: number): Promise<Service> {
  const alerts = ['new', { when: 'users > 0', each: 'issue' }];
  const env = {
    PAGE_ACTIONS: 'true',
    PAGE_USERS: 'ann:ann-token-0123456789',
    PUBLIC_URL: 'https://monitor.example.com',
  };
  const service = await bench.serveQueues([{ name: 'shop-errors', team: 'sales', projects: ['shop'], alerts }], {
    intakes: ['shop', 'back'],
    env,
  });
  const store = service.parts.ledger.events!;
  for (const [place, project] of ['shop', 'back'].entries()) {
    const events = Array.from({ length: issues }, (_, n) => eventsOf(n, project)).flat();
    const own = place === 0 ? events : events.slice(0, 40);
    for (let at = 0; at < own.length; at += MOST_EVENTS)
      await store.add({ project, events: own.slice(at, at + MOST_EVENTS) });
  }
  await bench.next(service, 0);
  await bench.next(service, FIVE);
  return service;
}

/** More of the first ones, some of them in the last window. */
function eventsOf(n: number, project: string): readonly ErrorEvent[] {
  const issueId = String(6_507_376_000 + n + (project === 'back' ? 500_000 : 0));
  const last = START + 60_000 - (n < 3 ? 0 : (n * 7_919_000) % (20 * DAY));
  const many = n < 3 ? 60 - 20 * n : 1 + (n % 3);
  return Array.from({ length: many }, (_, k) =>
    eventOf(`${project}-${n}-${k}`, {
      ...{ issueId, at: last - ((k * k * 977_000) % (25 * DAY)), title: `${TITLES[n % 4]!}${n < 4 ? '' : ` #${n}`}` },
      ...{ culprit: 'app/cart.js in total', release: `shop@1.${20 - (k % 9)}`, environment: 'production' },
      ...{ user: `id:${k % 11}`, tags: { browser: 'Firefox 128', 'os.name': 'Linux', region: 'eu-west' } },
      url: n % 2 === 0 ? `https://sentry.example.com/issues/${issueId}/` : null,
      sample: { text: `${TITLES[n % 4]!}\n  at total (app/cart.js:17:9)`, frames: FRAMES, context: ['GET /cart'] },
    }),
  );
}
