import type { SeenAlert } from '../../core/model/alerting/seen.ts';

/** One of the member `alerts` of an answer: the alert as channels are told of it, and what became of it at each. */
export function alertBody({ alert, channels }: SeenAlert): object {
  return { ...alert, channels };
}
