import type { Ask } from '../../../../core/model/reading.ts';
import { PERIOD_MS } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { answer, asTheyCome } from '../api/answers.ts';
import type { Client } from '../api/client.ts';
import { createDetails } from '../issues/details.ts';
import { openRest } from '../api/read-deadline.ts';
import type { Reader } from '../api/reader.ts';
import { createReturns } from '../issues/returns.ts';
import { checkSilence, findSilence, unlessTooEarly } from '../api/silence.ts';
import { createApart } from './apart.ts';
import { createBaselines } from './baselines.ts';
import { checkKeys } from '../search/check-keys.ts';
import { createLiteralTerms } from './literal-terms.ts';
import type { TableOptions, TableRead } from './read-parts.ts';
import { readFilter } from './reader.ts';
import { readSeries } from './series.ts';
import { notSentryNames } from '../names/sentry-names.ts';
import { survey } from './survey.ts';
import { askTotals } from './totals.ts';

/**
 * Reads by the events table: Sentry counts, so a window costs the same whatever it holds. `viewer`: the client
 * for people who look at the page.
 */
export function createTableReader(options: TableOptions, viewer: Client, clock: Clock): Reader {
  const { client, projects } = options;
  const baselines = createBaselines(client, options.baselines);
  const details = createDetails(client, clock, options.takes);
  const returns = createReturns(client, clock);
  const apart = createApart(clock.now);
  const literalTerms = createLiteralTerms({ client, projects, now: clock.now });
  const open = (asks: readonly Ask[], scope: Scope, rest: Scope): TableRead => ({
    ...options,
    baselines,
    details: details.openBatch(asks.length, rest),
    returns,
    totals: askTotals(asks, { client, projects, apart }, scope, clock),
    scope,
    rest,
  });
  return {
    isShared: false,
    objections: notSentryNames,
    series: (filter, span, scope, stepMs = PERIOD_MS) =>
      readSeries({ filter, window: span, want: 'totals', stepMs }, viewer, projects, scope),
    survey: (filters, window, scope) => survey(filters, window, { client, projects, sleep: clock.sleep }, scope),
    checkKeys: (filters, scope) => checkKeys(filters, { client, projects, sleep: clock.sleep }, scope),
    async *read(asks, scope) {
      const rest = openRest(scope, clock.now());
      try {
        const read = open(asks, scope, rest);
        const answers = asTheyCome(asks.map((ask) => answer(ask, () => readFilter(ask, read))));
        const checked = literalTerms.check(answers, rest);
        yield* checkSilence(checked, (window) =>
          unlessTooEarly(window, scope, clock.now(), () => findSilence(client, window, rest)),
        );
      } finally {
        rest.close();
      }
    },
  };
}
