import { faultOf } from '../../core/model/errors.ts';
import type { Due, WorkDone } from '../../core/ports/alerting/due.ts';
import type { Scope } from '../../core/ports/scope.ts';

/** One pass over what is due: what is done of it. Rejects when the ledger cannot say what is due. */
export type Work = (scope: Scope) => Promise<readonly WorkDone[]>;

/** All kinds of work that may be due; what is undefined is not set up. A new kind has its place here. */
export interface Works {
  /** Sheets and calendars: what comes next goes by them. */
  readonly feed?: Work | undefined;
  /** Watches: what they find is told by what comes next. */
  readonly watch?: Work | undefined;
  /** Digests, and messages to channels. */
  readonly tell?: Work | undefined;
  /** Intakes. */
  readonly take?: Work | undefined;
  /** Backups: last, because they take long, and copy what the others have done. */
  readonly copy?: Work | undefined;
}

/** What there is of it, in order: people before intakes, for a long queue would take all of the time. */
export function worksOf({ feed, watch, tell, take, copy }: Works): readonly Work[] {
  return [feed, watch, tell, take, copy].filter((it): it is Work => it !== undefined);
}

/** One pass over what is due besides windows, in order. Null: the ledger cannot say what is. Closes the scope. */
export async function workDue(works: readonly Work[], scope: Scope & { close(): void }): Promise<Due | null> {
  try {
    const all: WorkDone[] = [];
    for (const work of works) all.push(...(await work(scope)));
    const done = all.map(({ kind, name, status, detail }) => ({ kind, name, status, detail }));
    return { done, left: all.reduce((sum, { left }) => sum + left, 0) };
  } catch (error) {
    scope.log.error({ error: faultOf(error).message }, 'channels not worked off');
    return null;
  } finally {
    scope.close();
  }
}
