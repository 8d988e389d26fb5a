import type { BaselineName } from '../../../../core/model/reading.ts';
import { answer, asTheyCome } from '../api/answers.ts';
import type { Client } from '../api/client.ts';
import { type DetailsCache, openDetails } from '../api/details.ts';
import type { Projects } from '../api/projects.ts';
import { earlier } from '../api/read-deadline.ts';
import type { Reader, ReaderDeps } from '../api/reader.ts';
import { checkSilence, findSilence } from '../api/silence.ts';
import { createBaselines } from './baselines.ts';
import type { ReaderOptions } from './narrow.ts';
import { readFilter } from './reader.ts';
import { askTotals } from './totals.ts';

export interface TableOptions {
  readonly client: Client;
  readonly projects: Projects;
  readonly baselines: readonly BaselineName[];
  readonly maxRows: number;
  /** Base of the pages for people. */
  readonly web: string;
}

/** Reads by the events table (SA §2): Sentry counts, so a window costs the same whatever it holds. */
export function createTableReader(
  { client, projects, baselines, maxRows, web }: TableOptions,
  deps: ReaderDeps,
): Reader {
  const cache: DetailsCache = new Map();
  const apart = new Map<string, number>();
  const options: ReaderOptions = { client, projects, baselines: createBaselines(client, baselines), maxRows, web };
  return {
    async *read(asks, scope) {
      const early = earlier(scope, deps.now());
      try {
        const details = openDetails(client, cache, asks.length, early, deps);
        const totals = askTotals(asks, { client, projects, apart }, scope, deps);
        const answers = asTheyCome(
          asks.map((ask) =>
            answer(ask, () => readFilter(ask, options, { details, totals }, { totals: scope, rest: early })),
          ),
        );
        yield* checkSilence(answers, (window) => findSilence(client, window, early));
      } finally {
        early.close();
      }
    },
  };
}
