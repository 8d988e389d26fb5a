import type { DueDone } from '../../core/ports/alerting/due.ts';
import type { Messenger } from '../../core/ports/alerting/messenger.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import { isDoneWithin } from '../../platform/done-within.ts';
import type { Work } from '../alerting/work-due.ts';

/** Looks now and then, beside runs and by posts for what is due. */
export interface BesideRuns {
  readonly work: Work;
  readonly listener: RunListener;
  /** The same, which first waits a little for what is being looked at: what comes of that is told at once. */
  behind(messenger: Messenger): Messenger;
}

/** People wait so long for what is being looked at, ms. */
const WAIT_MS = 5_000;

export interface BesideDeps extends Pick<Clock, 'sleep'> {
  heard(done: readonly DueDone[]): void;
}

/** `name`: of the listener, for the log. */
export function besideRuns(name: string, look: Work, deps: BesideDeps): BesideRuns {
  const under = new Set<Promise<unknown>>();
  const work: Work = (scope) => {
    const looking = look(scope).then((done) => (deps.heard(done), done));
    under.add(looking);
    return looking.finally(() => under.delete(looking));
  };
  return {
    work,
    listener: {
      name,
      // The others wait for their turn until there is a plain run.
      begun: async ({ kind }, scope) => {
        if (kind === 'plain') await work(scope);
      },
    },
    behind: (messenger) => ({
      ...messenger,
      async send(scope) {
        if (under.size > 0) await isDoneWithin(WAIT_MS, Promise.allSettled(under), deps, scope.signal);
        await messenger.send(scope);
      },
    }),
  };
}
