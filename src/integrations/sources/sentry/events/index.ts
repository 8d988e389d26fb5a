import type { Complaint } from '../../../../config/filters/complaint.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import { answer, asTheyCome } from '../api/answers.ts';
import { createDetailsStore } from '../issues/details-cache.ts';
import { openRest } from '../api/read-deadline.ts';
import type { Reader } from '../api/reader.ts';
import { checkSilence, unlessTooEarly } from '../api/silence.ts';
import { createEnvironments } from './environments.ts';
import { NO_QUERY, readFilter } from './filter.ts';
import { openProjects, type PagesOptions, type PagesRead } from './shared.ts';
import { findSilence } from './silence.ts';

/** Kept for delivery, ms: less than by the table, because here the time is what the counts are bought with. */
const RESERVE_MS = 15_000;

/** Reads by the pages of the projects' events: every event of the window passes by and is counted here. */
export function createPagesReader(options: PagesOptions, clock: Pick<Clock, 'now'>): Reader {
  const cache = createDetailsStore(clock.now, options.takes).in([]);
  const environments = createEnvironments(options.client, clock.now);
  return {
    isShared: true,
    objections: vetForPages,
    async *read(asks, scope) {
      const rest = openRest(scope, clock.now(), RESERVE_MS);
      const read: PagesRead = { ...options, cache, environments, now: clock.now, scope: rest };
      try {
        const opened = openProjects(asks, read);
        const answers = asTheyCome(asks.map((ask) => answer(ask, async () => readFilter(ask, await opened, read))));
        yield* checkSilence(answers, (window) =>
          unlessTooEarly(window, scope, clock.now(), async () =>
            findSilence(window, await (await opened).endsOf(window), read, rest),
          ),
        );
      } finally {
        rest.close();
      }
    },
  };
}

/** Filters that only a server with a search of events can serve. */
export function vetForPages(filters: readonly Filter[]): readonly Complaint[] {
  return filters
    .filter(({ query }) => query !== undefined)
    .map(({ name }) => ({ filter: name, key: 'query', text: NO_QUERY }));
}
