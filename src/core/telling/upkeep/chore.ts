import { faultOf } from '../../model/errors.ts';
import type { Scope } from '../../ports/scope.ts';

/** Something of alerting that is seen to at each pass, before messages go. */
export interface Chore {
  /** For the log. */
  readonly name: string;
  work(scope: Scope): Promise<void>;
}

/** One after the other. Each one's trouble is its own, and is logged: the next pass tries again. */
export async function seeTo(chores: readonly Chore[], scope: Scope): Promise<void> {
  for (const { name, work } of chores) {
    try {
      await work(scope);
    } catch (error) {
      scope.log.error({ chore: name, error: faultOf(error).message }, 'not seen to');
    }
  }
}
