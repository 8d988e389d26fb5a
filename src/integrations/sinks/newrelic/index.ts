import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { baseUrl, oneOf, secret, text } from '../../../config/formats.ts';
import { outcomeOf, undocumented } from '../../../core/model/errors.ts';
import type { Item, JsonValue, Outcome } from '../../../core/model/item.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import { type Deps, plugin } from '../../plugin.ts';
import { correctionItems, eventItems } from './events.ts';
import { heartbeat } from './heartbeat.ts';
import { metricItems } from './metrics.ts';
import { vet } from './vet.ts';

interface Settings {
  readonly accountId: string;
  readonly licenseKey: string;
  readonly region: 'us' | 'eu' | 'jp' | 'gov';
  readonly eventUrl: string | undefined;
  readonly metricUrl: string | undefined;
}

/** Hosts by region (IA §A.1, §B.1); for the metrics of Japan the sources disagree, hence the URL settings. */
const HOSTS = {
  us: { events: 'https://insights-collector.newrelic.com', metrics: 'https://metric-api.newrelic.com' },
  eu: { events: 'https://insights-collector.eu01.nr-data.net', metrics: 'https://metric-api.eu.newrelic.com' },
  jp: { events: 'https://insights-collector.jp.nr-data.net', metrics: 'https://metric-api.jp.newrelic.com' },
  gov: { events: 'https://gov-insights-collector.newrelic.com', metrics: 'https://gov-metric-api.newrelic.com' },
} as const;

/** 10^6 bytes a request, before or after compression is not said (IA §A.4); the frame of a metric payload needs some. */
const LIMITS = { items: 1000, bytes: 990_000 };
/** Older events get the time of their arrival (IA §A.3). */
const MAX_AGE_MS = 24 * 3_600_000;
/** The service itself gives up after 10 s (IA §A.4). */
const TIMEOUT_MS = 20_000;

/** Custom events through the Event API and gauges through the Metric API. */
export const newrelic = plugin<Sink, Settings>({
  settings: {
    accountId: {
      doc: 'Number of the New Relic account',
      format: text(/^\d+$/, 'the number of the account'),
      default: null,
      env: 'NEW_RELIC_ACCOUNT_ID',
    },
    licenseKey: {
      doc: 'Ingest key of type INGEST - LICENSE',
      format: secret(),
      default: null,
      sensitive: true,
      env: 'NEW_RELIC_LICENSE_KEY',
    },
    region: {
      doc: 'Data centre: us, eu, jp or gov',
      format: oneOf('us', 'eu', 'jp', 'gov'),
      default: 'us',
      env: 'NEW_RELIC_REGION',
    },
    eventUrl: {
      doc: 'Base of the Event API, instead of the one of the region',
      format: baseUrl,
      default: null,
      optional: true,
      env: 'NEW_RELIC_EVENT_URL',
    },
    metricUrl: {
      doc: 'Base of the Metric API, instead of the one of the region',
      format: baseUrl,
      default: null,
      optional: true,
      env: 'NEW_RELIC_METRIC_URL',
    },
  },
  wantedBy: ['NEW_RELIC_ACCOUNT_ID', 'NEW_RELIC_LICENSE_KEY'],
  create,
  vet,
  listeners: (sink) => [heartbeat(sink)],
});

function create(settings: Settings, deps: Deps, name: string): Sink {
  const hosts = HOSTS[settings.region];
  const lanes: Readonly<Record<string, Lane>> = {
    events: {
      url: `${settings.eventUrl ?? hosts.events}/v1/accounts/${settings.accountId}/events`,
      frame: (bodies) => bodies,
      reference: eventReference,
    },
    metrics: {
      url: `${settings.metricUrl ?? hosts.metrics}/metric/v1`,
      frame: (bodies) => [{ metrics: bodies }],
      reference: metricReference,
    },
  };
  return {
    name,
    // Read with max or latest, as the README says, a repeat changes nothing.
    repeatSafe: true,
    maxAgeMs: MAX_AGE_MS,
    limits: LIMITS,
    encode: (report) => [...eventItems(report), ...metricItems(report)],
    encodeCorrection: correctionItems,
    send: (items, scope) => post(items, lanes[items[0]?.lane ?? 'events']!, settings.licenseKey, name, deps, scope),
  };
}

/** One of the two endpoints. */
interface Lane {
  readonly url: string;
  frame(bodies: readonly JsonValue[]): JsonValue;
  /** The vendor's id of the request from a documented answer; null: the answer is not documented. */
  reference(status: number, body: unknown): string | null;
}

const EventAnswer = z.object({ success: z.literal(true), uuid: z.string().min(1) });
const MetricAnswer = z.object({ requestId: z.string().min(1) });

function eventReference(status: number, body: unknown): string | null {
  const parsed = EventAnswer.safeParse(body);
  return status === 200 && parsed.success ? parsed.data.uuid : null;
}

function metricReference(status: number, body: unknown): string | null {
  const parsed = MetricAnswer.safeParse(body);
  return status === 202 && parsed.success ? parsed.data.requestId : null;
}

async function post(
  items: readonly Item[],
  lane: Lane,
  key: string,
  service: string,
  deps: Deps,
  scope: Scope,
): Promise<readonly Outcome[]> {
  const body = await promisify(gzip)(JSON.stringify(lane.frame(items.map((item) => item.body))));
  const headers = {
    'Api-Key': key,
    'Content-Type': 'application/json',
    'Content-Encoding': 'gzip',
    // The same on every try of these items, new for each part after a split (IA §B.8).
    'x-request-id': deps.uuid(),
  };
  try {
    const answer = await deps.http({
      service,
      method: 'POST',
      url: lane.url,
      headers,
      body,
      timeoutMs: TIMEOUT_MS,
      repeatSafe: true,
      secrets: [key],
      scope,
    });
    const ref = lane.reference(answer.status, json(answer.text));
    const outcome: Outcome = ref === null ? undocumented(service, answer.status) : { status: 'accepted', ref };
    return items.map(() => outcome);
  } catch (error) {
    const outcome = outcomeOf(error);
    return items.map(() => outcome);
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
