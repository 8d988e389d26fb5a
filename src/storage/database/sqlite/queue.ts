import { type Ask, isBusy, type Kind, type Refusal, refusalOf, type Result, type Said } from './protocol.ts';

/** Time as the thread has it. */
export interface Timing {
  /** Epoch ms. */
  now(): number;
  /** Calls back after so many ms. */
  later(ms: number, what: () => void): void;
}

export interface Queue {
  /** In the order of the sessions' asking; who waits for a lock holds up nobody who does not need it. */
  add(ask: Ask, say: (said: Said) => void): void;
  /** A transaction is open. */
  isTaken(): boolean;
}

/** How long a statement waits for another process that has a lock on the file, and how often it tries, ms. */
export const BUSY_MS = 5_000;
const AGAIN_MS = 20;

interface Job {
  readonly ask: Ask;
  readonly say: (said: Said) => void;
  /** Since when the file is locked for it, epoch ms; null: it was not tried. */
  busySince: number | null;
}

/** Works off what the sessions ask, one at a time. `work` is tried again while the file is locked. */
export function createQueue(work: (ask: Ask) => Result, { now, later }: Timing): Queue {
  const jobs = new Set<Job>();
  let owner: number | null = null;
  let isArmed = false;
  const end = (job: Job, answer: Result | { readonly refusal: Refusal }): void => {
    owner = ownerAfter(job.ask, owner, 'table' in answer);
    jobs.delete(job);
    job.say({ id: job.ask.id, ...answer });
  };
  const attempt = (job: Job): void => {
    try {
      end(job, work(job.ask));
    } catch (error) {
      const refusal = refusalOf(error);
      job.busySince ??= now();
      if (!isBusy(refusal) || now() - job.busySince >= BUSY_MS) end(job, { refusal });
    }
  };
  const goOn = (): void => {
    for (let before = -1; before !== jobs.size;) {
      before = jobs.size;
      for (const job of [...jobs]) if (owner === null || owner === job.ask.session) attempt(job);
    }
    if (isArmed || ![...jobs].some(({ busySince }) => busySince !== null)) return;
    isArmed = true;
    later(AGAIN_MS, () => {
      isArmed = false;
      goOn();
    });
  };
  return {
    isTaken: () => owner !== null,
    add: (ask, say) => {
      jobs.add({ ask, say, busySince: null });
      goOn();
    },
  };
}

/** Whose transaction is open after this. What could not be committed is open until it is rolled back. */
function ownerAfter(
  { session, kind }: { readonly session: number; readonly kind: Kind },
  owner: number | null,
  isDone: boolean,
): number | null {
  if (kind === 'begin') return isDone ? session : owner;
  return kind === 'rollback' || (kind === 'commit' && isDone) ? null : owner;
}
