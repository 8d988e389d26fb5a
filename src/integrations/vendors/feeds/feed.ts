import type { Scope } from '../../../core/ports/scope.ts';
import type { Measured, Watch } from '../../../core/ports/watches/watch.ts';
import type { Deps } from '../../plugin.ts';
import { type Asked, fault, readBytes } from './read-bytes.ts';

export interface Understood {
  readonly count: number;
  readonly answer: object;
  /** What could not be, for people, one line each; absent: nothing. */
  readonly leftOut?: readonly string[];
}

/** How what is read is understood. */
export interface Kind {
  /** One of what it counts, for people: `row`. */
  readonly what: string;
  /** Rejects with what `isUnreadable` knows, whose message is the end of a sentence about it. */
  understand(bytes: Uint8Array): Promise<Understood>;
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
        const { count, answer, leftOut = [] } = await kind.understand(bytes);
        if (count === 0 && before !== null && before.value !== 0)
          throw fault(name, `has no ${kind.what}s any more, and had ${before.value}; ${IF_RIGHT}`);
        const said = `${count} ${kind.what}${count === 1 ? '' : 's'}`;
        const detail = [said, ...listed(leftOut)].join('; left out: ');
        return { value: count, more: {}, answer: JSON.stringify(answer), detail, leftOut };
      } catch (error) {
        if (!kind.isUnreadable(error)) throw error;
        throw fault(name, (error as Error).message);
      }
    },
  };
}

const LISTED = 3;

/** All of them as one text; none: no text. */
function listed(leftOut: readonly string[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const more = leftOut.length > LISTED ? [`and ${leftOut.length - LISTED} more`] : [];
  return [[...leftOut.slice(0, LISTED), ...more].join(', ')];
}

const IF_RIGHT = 'the last good answer stays in use. If that is right, set it up under another name';
