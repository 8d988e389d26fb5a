import { createHash, randomUUID } from 'node:crypto';
import { fileTicket } from '../../../src/core/tickets/filing/file-ticket.ts';
import type { TicketsDeps } from '../../../src/core/tickets/create-tickets.ts';
import type { FilingDeps } from '../../../src/core/tickets/filing/deps.ts';
import type { IssueContent } from '../../../src/core/model/ticketing/content.ts';
import type { TicketOrder, TicketOutcome } from '../../../src/core/model/ticketing/order.ts';
import { scopeOf, type TestScope } from '../build/scope.ts';
import { createClock, type Clock, NOW } from '../time/clock.ts';
import { memoryTickets } from './memory-store.ts';
import { createTestTracker, type TestTracker } from './tracker.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const ISSUE = { project: 'manager', id: '1:abc' };
export const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "/srv/app/views.py", line 81, in get_cart',
  '    return carts[cart_id]',
  "KeyError: 'cart-17'",
].join('\n');

export function contentIn(change: Partial<IssueContent> = {}): IssueContent {
  return {
    ...{ title: "KeyError: 'cart-17'", culprit: 'app.views in get_cart', level: 'error', url: null },
    page: 'https://monitor.example.com/issues/1%3Aabc',
    text: TRACEBACK,
    hits: [{ at: NOW - 60_000, user: 'ann', url: null }],
    ...{ total: 1, storedAt: NOW - 30_000 },
    ...change,
  };
}

export function orderIn(change: Partial<TicketOrder> = {}): TicketOrder {
  return { issue: ISSUE, project: null, team: null, ticket: null, by: 'ann', from: 'page', ...change };
}

export interface FilingBox {
  readonly clock: Clock;
  readonly tracker: TestTracker;
  readonly deps: FilingDeps;
  readonly scope: TestScope;
  readonly hitsOf: TicketsDeps['hitsOf'];
  /** What is known of the issue from now on. */
  content: IssueContent;
  file(change?: Partial<TicketOrder>): Promise<TicketOutcome>;
}

/** Tickets of the project CRM, in a memory and a tracker of this process. */
export function filingBox(): FilingBox {
  const clock = createClock();
  const tracker = createTestTracker(clock);
  const scope = scopeOf();
  const box: FilingBox = {
    ...{ clock, tracker, scope, content: contentIn() },
    deps: {
      ...{
        now: clock.now,
        sleep: clock.sleep,
        store: memoryTickets(clock.now),
        tracker,
        project: 'CRM',
        wontDo: ["Won't Do", 'Duplicate'],
      },
      contentOf: async () => box.content,
      hash: sha256,
      uuid: randomUUID,
    },
    hitsOf: async () => ({ listed: [], more: 0 }),
    file: (change) => fileTicket(orderIn(change), box.deps, scope),
  };
  return box;
}
