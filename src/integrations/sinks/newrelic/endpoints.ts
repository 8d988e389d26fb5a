import * as z from 'zod/mini';
import type { JsonValue } from '../../../core/model/item.ts';

/** Hosts by region; for the metrics of Japan the sources disagree, hence the URL settings. */
const HOSTS = {
  us: { events: 'https://insights-collector.newrelic.com', metrics: 'https://metric-api.newrelic.com' },
  eu: { events: 'https://insights-collector.eu01.nr-data.net', metrics: 'https://metric-api.eu.newrelic.com' },
  jp: { events: 'https://insights-collector.jp.nr-data.net', metrics: 'https://metric-api.jp.newrelic.com' },
  gov: { events: 'https://gov-insights-collector.newrelic.com', metrics: 'https://gov-metric-api.newrelic.com' },
} as const;

/** What of the settings says where records go. */
export interface Place {
  readonly accountId: string;
  readonly region: keyof typeof HOSTS;
  readonly eventUrl: string | undefined;
  readonly metricUrl: string | undefined;
}

/** One of the two APIs. Items name theirs in `lane`. */
export interface Endpoint {
  readonly url: string;
  /** What decides the URL. */
  readonly urlVariable: string;
  frame(bodies: readonly JsonValue[]): JsonValue;
  /** The vendor's id of the request from a documented answer; null: the answer is not documented. */
  reference(status: number, body: unknown): string | null;
}

export function endpointsOf({ accountId, region, eventUrl, metricUrl }: Place): Readonly<Record<string, Endpoint>> {
  const hosts = HOSTS[region];
  return {
    events: {
      url: `${eventUrl ?? hosts.events}/v1/accounts/${accountId}/events`,
      urlVariable: eventUrl === undefined ? 'NEW_RELIC_REGION' : 'NEW_RELIC_EVENT_URL',
      frame: (bodies) => bodies,
      reference: eventReference,
    },
    metrics: {
      url: `${metricUrl ?? hosts.metrics}/metric/v1`,
      urlVariable: metricUrl === undefined ? 'NEW_RELIC_REGION' : 'NEW_RELIC_METRIC_URL',
      frame: (bodies) => [{ metrics: bodies }],
      reference: metricReference,
    },
  };
}

const EventAnswer = z.object({ success: z.literal(true), uuid: z.string().check(z.minLength(1)) });
const MetricAnswer = z.object({ requestId: z.string().check(z.minLength(1)) });

function eventReference(status: number, body: unknown): string | null {
  const parsed = EventAnswer.safeParse(body);
  return status === 200 && parsed.success ? parsed.data.uuid : null;
}

function metricReference(status: number, body: unknown): string | null {
  const parsed = MetricAnswer.safeParse(body);
  return status === 202 && parsed.success ? parsed.data.requestId : null;
}
