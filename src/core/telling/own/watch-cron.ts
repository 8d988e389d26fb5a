import { isoOf } from '../../model/window.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunListener } from '../../ports/run-listener.ts';
import type { Log } from '../../ports/scope.ts';

export interface CronDeps extends Clock {
  /** Whether anybody waits for alerts. */
  isWanted(): boolean;
  /** When the newest run of any server began, epoch ms; null: none is known. */
  newestRun(): Promise<number | null>;
  /** Tells the admin, by the process itself: no run will. Never rejects. */
  tell(kind: string, line: string): Promise<void>;
  readonly log: Log;
}

/** Watches that runs come. */
export interface CronWatch {
  readonly listener: RunListener;
  /** Since when no plain run came, epoch ms; null: they come, or nobody waits for them. */
  awaySince(): number | null;
  /** Until the signal is aborted. Never rejects. */
  go(signal: AbortSignal): Promise<void>;
}

/** So long no plain run may come, ms; and how often that is looked at. */
const AWAY_MS = 15 * 60_000;
export const LOOK_MS = 60_000;

/** Without runs nothing is read, decided or sent: nobody else can tell of it. Told once, until runs come again. */
export function watchCron(deps: CronDeps): CronWatch {
  const { now, sleep, log } = deps;
  let last = now();
  let isAway = false;
  const look = async (): Promise<void> => {
    if (isAway || !deps.isWanted() || now() - last < AWAY_MS) return;
    last = Math.max(last, (await newestRun(deps)) ?? last);
    if (now() - last < AWAY_MS) return;
    isAway = true;
    log.error({ since: isoOf(last) }, 'no run comes');
    await deps.tell('cron', `No run has come since ${isoOf(last)}: nothing is read, and no alert is decided or sent.`);
  };
  return {
    listener: {
      name: 'runs that come',
      begun: async ({ kind }) => {
        if (kind !== 'plain') return;
        const since = last;
        last = now();
        if (!isAway) return;
        isAway = false;
        await deps.tell('cron/back', `Runs come again; there had been none since ${isoOf(since)}.`);
      },
    },
    awaySince: () => (isAway ? last : null),
    async go(signal) {
      while (!signal.aborted) {
        await sleep(LOOK_MS, signal).catch(() => undefined);
        if (!signal.aborted) await look();
      }
    },
  };
}

/** A ledger that does not answer knows of none. */
async function newestRun({ newestRun: ask }: CronDeps): Promise<number | null> {
  try {
    return await ask();
  } catch {
    return null;
  }
}
