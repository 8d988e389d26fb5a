import { faultOf } from '../../../core/model/errors.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { History } from '../../../core/ports/history.ts';
import type { Log } from '../../../core/ports/scope.ts';
import type { Database } from '../../database/database.ts';
import { addUpHours } from './hours.ts';

/** Between two times that a server looks for what to add up, ms: about one a run. */
const EVERY_MS = 240_000;
/** Reports that are added up at a time: others wait for the database no longer than for that. */
const AT_A_TIME = 4_000;
/** A ledger with a past takes many times: between two of them others have their turn, ms. */
const PAUSE_MS = 200;

export interface AddingUpDeps extends Pick<Clock, 'now' | 'sleep'> {
  readonly log: Log;
}

/** A history that has its counts added up by hour, after a run. Nobody waits for it, and its trouble is only told. */
export function addingUp(history: History, database: Database, { now, sleep, log }: AddingUpDeps): History {
  let next = 0;
  let isAtIt = false;
  const addUp = async (): Promise<void> => {
    isAtIt = true;
    try {
      while (await addUpHours(await database.ready(), AT_A_TIME)) await sleep(PAUSE_MS);
    } catch (error) {
      log.warn({ error: faultOf(error).message }, 'ledger: counts are not added up by hour');
    } finally {
      isAtIt = false;
    }
  };
  return {
    ...history,
    async ended(run) {
      await history.ended(run);
      if (isAtIt || now() < next) return;
      next = now() + EVERY_MS;
      void addUp();
    },
  };
}
