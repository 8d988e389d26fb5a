import { faultOf } from '../../model/errors.ts';
import type { WorkDone } from '../../ports/alerting/due.ts';
import type { Scope } from '../../ports/scope.ts';

/** Something of alerting that is seen to at each pass, before messages go. */
export interface Chore {
  /** For the log. */
  readonly name: string;
  /** What answers say of it; nothing: nothing. */
  work(scope: Scope): Promise<readonly WorkDone[] | void>;
}

/** One after the other. Each one's trouble is its own, and is logged: the next pass tries again. */
export async function seeTo(chores: readonly Chore[], scope: Scope): Promise<readonly WorkDone[]> {
  const done: WorkDone[] = [];
  for (const { name, work } of chores) {
    try {
      done.push(...((await work(scope)) ?? []));
    } catch (error) {
      scope.log.error({ chore: name, error: faultOf(error).message }, 'not seen to');
    }
  }
  return done;
}
