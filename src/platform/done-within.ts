import type { Clock } from '../core/ports/clock.ts';

/** Whether work is done, well or in vain, before so many ms have passed and the signal is aborted; never rejects. */
export async function isDoneWithin(
  ms: number,
  work: Promise<unknown>,
  { sleep }: Pick<Clock, 'sleep'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const stop = new AbortController();
  const late = sleep(ms, signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])).then(
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
