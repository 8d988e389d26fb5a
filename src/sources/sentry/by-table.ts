import type { Scope } from '../../core/ports.ts';
import type { Answer, Ask, BaselineName } from '../../core/types.ts';
import { answer, asTheyCome } from './answers.ts';
import { createBaselines } from './baselines.ts';
import type { Client } from './client.ts';
import { openDetails, type DetailsCache } from './details.ts';
import { earlier } from './early.ts';
import { checkFreshness, findSilence } from './freshness.ts';
import type { Projects } from './projects.ts';
import { readFilter } from './reader.ts';
import { askTotals } from './totals.ts';
import type { ReaderOptions } from './view.ts';

/** One way to read a Sentry. */
export interface Reader {
  read(asks: readonly Ask[], scope: Scope): AsyncIterable<Answer>;
}

export interface TableOptions {
  readonly client: Client;
  readonly projects: Projects;
  readonly baselines: readonly BaselineName[];
  readonly maxRows: number;
  /** Base of the pages for people. */
  readonly web: string;
}

export interface ReaderDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Reads by the events table (SA §2): Sentry counts, so a window costs the same whatever it holds. */
export function createTableReader({ client, projects, baselines, maxRows, web }: TableOptions, deps: ReaderDeps): Reader {
  const cache: DetailsCache = new Map();
  const apart = new Map<string, number>();
  const options: ReaderOptions = { client, projects, baselines: createBaselines(client, baselines), maxRows, web };
  return {
    async *read(asks, scope) {
      const early = earlier(scope, deps.now());
      try {
        const details = openDetails(client, cache, asks.length, early, deps);
        const totals = askTotals(asks, { client, projects, apart }, scope, deps);
        const answers = asTheyCome(asks.map((ask) => answer(ask, () => readFilter(ask, options, { details, totals }, { totals: scope, rest: early }))));
        yield* checkFreshness(answers, (window) => findSilence(client, window, early));
      } finally {
        early.close();
      }
    },
  };
}
