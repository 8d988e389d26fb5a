import { faultOf } from '../../../../core/model/errors.ts';
import type { Answer, Ask, Reading } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { placed, withoutProjects } from '../names/to-mend.ts';

/** One filter's trouble is its own fault, and so is that none of its projects can be read. Never rejects. */
export async function answer(ask: Ask, read: () => Promise<Reading>): Promise<Answer> {
  try {
    const reading = await read();
    const lost = withoutProjects(ask.filter, reading, reading.source);
    if (lost !== null) throw lost;
    return { ask, reading: { ...reading, gaps: placed(reading.gaps, ask.filter) } };
  } catch (error) {
    return { ask, fault: faultOf(error) };
  }
}

/** Yields each result when it is there, the fastest first. None of the promises may reject. */
export async function* asTheyCome<T>(promises: readonly Promise<T>[]): AsyncGenerator<T> {
  const here: T[] = [];
  let wake: () => void = () => undefined;
  for (const promise of promises) {
    void promise.then((value) => {
      here.push(value);
      wake();
    });
  }
  for (let left = promises.length; left > 0; left--) {
    if (here.length === 0) await new Promise<void>((done) => (wake = done));
    yield here.shift()!;
  }
}

/** Says in the log what a reading lacks. */
export function note(it: Answer, { log }: Scope): void {
  if ('fault' in it) return;
  const filter = it.ask.filter.name;
  for (const warning of it.reading.warnings) log.warn({ filter, warning }, 'odd reading');
  // What a kind of server never says is no news every five minutes.
  for (const gap of it.reading.gaps) log[gap.reason === 'not_supported' ? 'debug' : 'warn']({ filter, ...gap }, 'gap');
}
