import type { Scope } from '../../../core/ports/scope.ts';
import type { Measured, Watch } from '../../../core/ports/watches/watch.ts';
import type { Deps } from '../../plugin.ts';
import { type Asked, fault, readBytes } from './read-bytes.ts';

/** How what is read is understood. */
export interface Kind {
  /** Of what it counts, for people: `rows`. */
  readonly what: string;
  /** Rejects with what `isUnreadable` knows, whose message is the end of a sentence about it. */
  understand(bytes: Uint8Array): Promise<{ readonly count: number; readonly answer: object }>;
  isUnreadable(error: unknown): boolean;
}

/** What is read now and then, and kept as it is understood: its value is how much there is of it. */
export function feedOf(asked: Asked, kind: Kind, deps: Deps): Watch {
  const { name } = asked;
  return {
    name,
    async look(scope: Scope, before: Measured | null = null): Promise<Measured> {
      const bytes = await readBytes(asked, deps, scope);
      try {
        const { count, answer } = await kind.understand(bytes);
        if (count === 0 && before !== null && before.value !== 0)
          throw fault(name, `has no ${kind.what} any more, and had ${before.value}; ${IF_RIGHT}`);
        return { value: count, more: {}, answer: JSON.stringify(answer) };
      } catch (error) {
        if (!kind.isUnreadable(error)) throw error;
        throw fault(name, (error as Error).message);
      }
    },
  };
}

const IF_RIGHT = 'the last good answer stays in use. If that is right, set it up under another name';
