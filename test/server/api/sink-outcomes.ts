import type { Outcome } from '../../../src/core/model/item.ts';
import type { FakeSinkOptions } from '../../support/build/fakes.ts';

export const REFUSED: Outcome = { status: 'refused', why: 'bad' };
export const FAULT = { fault: { message: 'sentry: answered 401: Invalid token', retryable: false } };

export function all(outcome: Outcome): FakeSinkOptions {
  return { answer: (items) => items.map(() => outcome) };
}
