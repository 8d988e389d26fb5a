import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import { WINDOW } from '../build/reports.ts';

/** An event in the middle of the window; its id makes nothing else of it. */
export function eventOf(id: string, given: Partial<ErrorEvent> = {}): ErrorEvent {
  return {
    id,
    issueId: '6507376925',
    at: WINDOW.start + 60_000,
    title: 'TypeError: cart is undefined',
    culprit: 'cart.js in total',
    text: null,
    level: 'error',
    environment: null,
    release: null,
    user: null,
    tags: {},
    url: null,
    sample: null,
    ...given,
  };
}
