import type { Sink } from '../ports/sink.ts';

/** Whether the sink would lose a window that starts at `start`, when it is sent at `at`; both epoch ms. */
export function isTooOld({ maxAgeMs = Infinity }: Pick<Sink, 'maxAgeMs'>, start: number, at: number): boolean {
  return at - start > maxAgeMs;
}
