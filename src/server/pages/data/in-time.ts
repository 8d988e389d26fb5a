import type { Clock } from '../../../core/ports/clock.ts';

/** Whether the work is done, well or in vain, before so many ms have passed; never rejects. */
export async function isDoneWithin(
  ms: number,
  work: Promise<unknown>,
  { sleep }: Pick<Clock, 'sleep'>,
): Promise<boolean> {
  const stop = new AbortController();
  const late = sleep(ms, stop.signal).then(
    () => false,
    () => false,
  );
  const done = work.then(
    () => true,
    () => true,
  );
  const isDone = await Promise.race([done, late]);
  stop.abort();
  return isDone;
}
