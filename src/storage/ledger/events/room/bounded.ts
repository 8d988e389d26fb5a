import { EventsFull } from '../../../../core/model/errors.ts';
import { type EventRoom, roomOf } from '../../../../core/model/events/room.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Log } from '../../../../core/ports/scope.ts';
import type { Database } from '../../../database/database.ts';
import { measureEvents } from './measure.ts';

/** Events that may take so much and no more. */
export interface Bounded {
  /** What was measured last. */
  look(): Promise<EventRoom>;
  /** Rejects with an `EventsFull` where nothing more may be stored. */
  check(): Promise<void>;
}

/** It is measured at most so often, ms, and takes at most one of so many parts of the time. */
const EVERY_MS = 60_000;
const SHARE = 100;

interface BoundDeps extends Pick<Clock, 'now'> {
  readonly log: Log;
}

export function boundEvents(database: Database, mostBytes: number, { now, log }: BoundDeps): Bounded {
  let room: EventRoom | undefined;
  let next = -Infinity;
  let under: Promise<EventRoom> | undefined;
  const measure = async (): Promise<EventRoom> => {
    const began = now();
    const bytes = await measureEvents(await database.ready());
    const before = room !== undefined && room.full !== null;
    room = roomOf(bytes, mostBytes, before);
    const isFull = room.full !== null;
    next = now() + Math.max(EVERY_MS, (now() - began) * SHARE);
    if (isFull !== before)
      if (isFull) log.warn({ bytes, mostBytes }, 'intakes pause: the ledger holds as many events as it may');
      else log.info({ bytes, mostBytes }, 'intakes go on: there is room for events again');
    return room;
  };
  const look = async (): Promise<EventRoom> => {
    if (room !== undefined && now() < next) return room;
    return (under ??= measure().finally(() => (under = undefined)));
  };
  return {
    look,
    async check() {
      const { full } = await look();
      if (full !== null) throw new EventsFull(full);
    },
  };
}
