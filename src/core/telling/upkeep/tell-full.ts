import type { EventRoom } from '../../model/events/room.ts';
import type { Admin } from '../own/admin.ts';
import type { Chore } from './chore.ts';

export interface FullDeps {
  /** Null: nothing bounds what events take. */
  room(): Promise<EventRoom | null>;
  readonly admin: Pick<Admin, 'tell' | 'tellDaily'>;
}

/** The admin hears once that intakes pause, and when they go on. */
export function tellFull({ room, admin }: FullDeps): Chore {
  let isTold = false;
  return {
    name: 'room for events',
    async work() {
      const full = (await room())?.full ?? null;
      if (full !== null) await admin.tellDaily('events/full', `${full}.`);
      else if (isTold) await admin.tell('events/room', 'Intakes go on: there is room for events again.');
      isTold = full !== null;
    },
  };
}
