import { UpstreamError } from '../../../core/model/errors.ts';
import type { Pattern } from '../../../core/logs/pattern.ts';
import { compilePattern } from '../../../platform/patterns.ts';

/** A pattern of an intake. Throws an `UpstreamError` for one that is none. */
export function compiled(key: string, source: string): Pattern {
  try {
    return compilePattern(source);
  } catch (error) {
    const text = `${key}: ${(error as Error).message}; write it in the syntax of RE2`;
    throw new UpstreamError(text, { service: 'logs', retryable: false });
  }
}

export function compiledAll(key: string, sources: readonly string[]): readonly Pattern[] {
  return sources.map((source) => compiled(key, source));
}
