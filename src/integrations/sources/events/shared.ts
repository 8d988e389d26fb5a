import { createTally, type Tally } from '../../../core/model/counting/tally.ts';
import type { Ask } from '../../../core/model/reading.ts';
import type { Window } from '../../../core/model/window.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { countedEvent } from '../../../core/model/counting/stored-event.ts';
import type { EventsOptions } from './options.ts';

/** One project's window, read once for all filters that look at it. */
export interface ReadProject {
  readonly slug: string;
  readonly tallies: ReadonlyMap<Ask, Tally>;
  /** Events that the store had of it before it was read: then it had those that were read, or fewer. */
  readonly held: number;
}

/** `asks`: of this window, those that name the project. */
export async function readProject(
  slug: string,
  window: Window,
  asks: readonly Ask[],
  { store, scope }: Pick<EventsOptions, 'store'> & { readonly scope: Scope },
): Promise<ReadProject> {
  scope.meter.requested();
  const held = await store.held([slug], window);
  const tallies = new Map(asks.map((ask): [Ask, Tally] => [ask, createTally(ask.filter)]));
  const all = [...tallies.values()];
  if (held > 0)
    await store.each([slug], window, (events) => {
      for (const event of events.map(countedEvent)) for (const tally of all) tally.add(event);
    });
  return { slug, tallies, held };
}
