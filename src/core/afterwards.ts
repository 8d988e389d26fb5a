import type { ReportResult } from './ports.ts';
import { faultOf } from './errors.ts';
import { catchUp, type CatchUp, type CatchUpDeps } from './catchup.ts';
import type { MakeCourier } from './courier.ts';
import type { Work } from './part.ts';
import { recount, type Recounting } from './recount.ts';
import { isoOf } from './window.ts';

/** What a plain run did once its own window was delivered. */
export interface Aftermath {
  /** Null: there was none, because it is off or broke. */
  readonly catchUp: CatchUp | null;
  /** Null: likewise. */
  readonly recount: Recounting | null;
}

/** Whatever happens here changes nothing of the run's own window. Never rejects. */
export type Afterwards = (work: Work, reports: readonly ReportResult[]) => Promise<Aftermath>;

/** With a shared ledger: first what was not delivered, then what came late. */
export function createAfterwards(courier: MakeCourier, deps: Omit<CatchUpDeps, 'failures'>): Afterwards {
  const failures = new Map<number, number>();
  const lost = noteLost();
  return async (work, reports) => {
    const caught = await attempt(work, 'catch-up broke', () => catchUp(work, reports, courier, { ...deps, failures }));
    if (caught !== null) lost(caught, work);
    return { catchUp: caught, recount: await attempt(work, 'recount broke', () => recount(work, reports, courier, deps)) };
  };
}

/** What nobody will catch up is named in every answer, and in the log when it has become more. */
function noteLost(): (caught: CatchUp, work: Work) => void {
  let known = 0;
  return ({ tooOld }, { scope }) => {
    const count = tooOld.reduce((sum, { reports }) => sum + reports, 0);
    if (count > known) scope.log.error({ tooOld: tooOld.map(({ from, to, ...rest }) => ({ ...rest, from: isoOf(from), to: isoOf(to) })) }, 'too old to be caught up');
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
