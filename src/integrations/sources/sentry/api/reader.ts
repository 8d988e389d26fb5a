import type { Answer, Ask } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';

/** One way to read a Sentry. */
export interface Reader {
  read(asks: readonly Ask[], scope: Scope): AsyncIterable<Answer>;
}

export interface ReaderDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
