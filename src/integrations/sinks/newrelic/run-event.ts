import type { Item, JsonObject } from '../../../core/model/item.ts';
import type { RunSummary } from '../../../core/model/results.ts';
import { ofPlainRuns, type RunListener } from '../../../core/ports/run-listener.ts';
import type { Sink } from '../../../core/ports/sink.ts';

/** Event type of the run's own record; missing ones mean that no server runs. */
const EVENT_TYPE = 'SentryMonitorRun';

/** One event per plain run to New Relic, stamped on arrival: it says when a run ended, not which window it counted. */
export function runEvent(sink: Pick<Sink, 'name' | 'send'>): RunListener {
  return ofPlainRuns({
    name: 'run event',
    async ended(summary, scope) {
      const [outcome] = await sink.send([itemOf(summary)], scope);
      const { name } = sink;
      if (outcome?.status === 'accepted') scope.log.info({ sink: name, ref: outcome.ref }, 'run event sent');
      else scope.log.error({ sink: name, outcome }, 'run event not sent');
    },
  });
}

function itemOf({ runId, sourceRequests, sinks, window, outcome, unheard: _names, ...rest }: RunSummary): Item {
  const { clockSkewMs, behind, alertsFiring, messagesFailed, server, version, ...counts } = rest;
  const body: JsonObject = {
    eventType: EVENT_TYPE,
    outcome,
    ...counts,
    sentryRequests: sourceRequests,
    sinks: sinks.join(','),
    ...known({ clockSkewMs, behind, alertsFiring, messagesFailed }),
    server,
    version,
    windowStart: window.start,
  };
  return { key: JSON.stringify([EVENT_TYPE, runId]), body, lane: 'events' };
}

function known(numbers: Readonly<Record<string, number | null>>): JsonObject {
  return Object.fromEntries(Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null));
}
