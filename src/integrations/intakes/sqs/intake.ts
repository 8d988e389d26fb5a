import type { Intake, IntakeTrial, Taken } from '../../../core/ports/events/intake.ts';
import { once } from '../../../platform/late.ts';
import type { Deps } from '../../plugin.ts';
import { endpointOf, openQueue, regionOf } from '../../vendors/aws/queue/queue.ts';
import { isNoQueue, troubleOf } from '../../vendors/aws/queue/trouble.ts';
import type { Pattern } from '../../../core/logs/pattern.ts';
import type { PatternCase } from '../../../core/logs/cases/run-case.ts';
import { drainEvents } from './drain.ts';
import { openObjects } from './objects.ts';
import { TRIED_ISSUE, triedText } from './trial.ts';

export interface Settings {
  /** Address of the queue. */
  readonly queue: string;
  /** Buckets that its events may lie in; undefined: all. */
  readonly buckets: readonly string[] | undefined;
  /** It is made where there is none. */
  readonly create: boolean;
  /** Patterns for durations; undefined: none. */
  readonly timings?: readonly string[] | undefined;
  /** Worked cases of them: only `check` looks at them. */
  readonly cases?: readonly PatternCase[] | undefined;
  /** So often a message is received whose object is not there, until it is a reject. */
  readonly tries: number;
}

/** Events out of a queue, and one into it. */
export interface Sqs extends Pick<Intake, 'name' | 'take'>, Pick<IntakeTrial, 'put'> {}

/** Many servers may read a queue at once. */
export function createSqs(settings: Settings, deps: Deps, name: string): Sqs {
  const { queue: url, buckets = [], create, tries, timings = [] } = settings;
  const endpoint = endpointOf(url);
  const open = once(() => openQueue({ url, endpoint }));
  const objects = once(() => openObjects(regionOf(url), endpoint));
  const patterns = once(() => patternsOf(timings));
  const reading = { objects, endpoint, buckets, tries, now: () => deps.now() };
  const said = (error: unknown): Error => troubleOf(error, name, deps.redact, true);
  return {
    name,
    async take(store, order, scope): Promise<Taken> {
      const queue = await open();
      const work = { queue, store, order, scope, name, reading, deps, timings: await patterns() };
      try {
        return await drainEvents(work);
      } catch (error) {
        if (!create || !isNoQueue(error)) throw said(error);
      }
      await queue.create(scope.signal).catch((error: unknown) => {
        throw said(error);
      });
      return drainEvents(work);
    },
    async put(error, _store, { signal }) {
      const queue = await open();
      await queue.send(triedText(error), signal).catch((trouble: unknown) => {
        throw said(trouble);
      });
      return { issue: TRIED_ISSUE, id: error.id };
    },
  };
}

/** The engine is loaded only where there are any. */
async function patternsOf(timings: readonly string[]): Promise<readonly Pattern[]> {
  if (timings.length === 0) return [];
  return (await import('../../vendors/logs/compiled.ts')).compiledAll('timings', timings);
}
