import type { Clock } from '../../ports/clock.ts';
import type { Work } from '../ports.ts';
import { endEarly } from '../read-deadline.ts';

export type SendDeps = Clock & {
  /** Of a whole run, ms. */
  readonly deadlineMs: number;
};

/** Of a run's time so much is left alone, ms; of a short one a part. */
const KEPT_MS = 10_000;
const KEPT_PART = 1 / 12;

/** Tells people what is due, with what is left of the run's time. Never rejects. */
export async function sendMessages(
  { messenger, scope }: Pick<Work, 'messenger' | 'scope'>,
  deps: SendDeps,
): Promise<void> {
  const deadline = scope.deadline - Math.min(KEPT_MS, deps.deadlineMs * KEPT_PART);
  const left = deadline - deps.now();
  if (messenger === undefined || scope.ended() !== null || left <= 0) return;
  const early = endEarly(scope, deps, left);
  try {
    await messenger.send({ ...early, deadline });
  } finally {
    early.close();
  }
}
