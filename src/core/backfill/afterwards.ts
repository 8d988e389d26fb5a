import type { CatchUp } from '../model/aftermath.ts';
import { faultOf } from '../model/errors.ts';
import { isoOf } from '../model/window.ts';
import { recount, type RecountDeps } from '../recount/recount.ts';
import { sendMessages } from '../run/messages/send-messages.ts';
import type { Afterwards, Work } from '../run/ports.ts';
import { catchUp, type CatchUpDeps } from './catch-up.ts';

/** With a shared ledger: first what was not delivered, then what came late, and beside it what people are to know. */
export function createAfterwards(deps: Omit<CatchUpDeps, 'failures'> & RecountDeps): Afterwards {
  const failures = new Map<number, number>();
  const lost = noteLost();
  return async (work, reports) => {
    const caught = await attempt(work, 'catch-up broke', () => catchUp(work, reports, { ...deps, failures }));
    if (caught !== null) lost(caught, work);
    // What was caught up is told with what fires now. Nobody's trouble keeps a sink from its corrections.
    const sending = sendMessages(work, deps);
    const recounted = await attempt(work, 'recount broke', () => recount(work, reports, deps));
    await sending;
    if (recounted !== null && recounted.corrections.length > 0) await sendMessages(work, deps);
    return { catchUp: caught, recount: recounted };
  };
}

/** What nobody will catch up is named in every answer, and in the log when it has become more. */
function noteLost(): (caught: CatchUp, work: Work) => void {
  let known = 0;
  return ({ tooOld }, { scope }) => {
    const count = tooOld.reduce((sum, { reports }) => sum + reports, 0);
    if (count > known)
      scope.log.error(
        { tooOld: tooOld.map(({ from, to, ...rest }) => ({ ...rest, from: isoOf(from), to: isoOf(to) })) },
        'too old to be caught up',
      );
    known = count;
  };
}

async function attempt<T>({ scope }: Work, text: string, act: () => Promise<T>): Promise<T | null> {
  try {
    return scope.ended() === null ? await act() : null;
  } catch (error) {
    scope.log.error({ error: faultOf(error).message }, text);
    return null;
  }
}
