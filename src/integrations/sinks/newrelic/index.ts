import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { baseUrl, oneOf, secret, text } from '../../../config/formats.ts';
import { outcomeOf, undocumented } from '../../../core/model/errors.ts';
import type { Item, Outcome } from '../../../core/model/item.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import type { Answered, HttpAnswer, HttpRequest } from '../../../platform/http/client.ts';
import { parseJson } from '../../../platform/http/json.ts';
import { type Deps, plugin, type SinkPlugin } from '../../plugin.ts';
import { cost } from './cost.ts';
import { encode, encodeCorrection } from './encode.ts';
import { type Endpoint, endpointsOf } from './endpoints.ts';
import { examine } from './examine.ts';
import { gaugeItems } from './gauges.ts';
import { adviceOnKey, inspectKey, type Keyed } from './key.ts';
import { runEvent } from './run-event.ts';
import { vet } from './vet.ts';

type Settings = Keyed;

/** 10^6 bytes a request. Whether before or after compression is not said. The frame of gauges needs some. */
const LIMITS = { items: 1000, bytes: 990_000 };
/** Older events get the time of their arrival. */
const MAX_AGE_MS = DAY_MS;
/** The service itself gives up after 10 s. */
const TIMEOUT_MS = 20_000;
/** Of a look at the key by somebody who waits. */
const EXAM_TRIES = 2;

const sink = plugin<Sink, Settings>({
  settings: {
    accountId: {
      doc: 'Number of the New Relic account',
      format: text(/^\d+$/, 'the number of the account'),
      default: null,
      env: 'NEW_RELIC_ACCOUNT_ID',
      key: 'newrelic',
    },
    licenseKey: {
      doc: 'Ingest key of type INGEST - LICENSE',
      format: secret(),
      default: null,
      sensitive: true,
      env: 'NEW_RELIC_LICENSE_KEY',
      key: 'key',
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
  place: ({ accountId, region, eventUrl }) => [accountId, region, eventUrl],
  vet,
  inspect: inspectKey,
  examine: (_sink, { settings, deps, name }, { scope, thorough }) => {
    const tries = thorough ? EXAM_TRIES : undefined;
    const requestOf = createRequests(name, settings, deps);
    const post = async (api: string): Promise<HttpAnswer> =>
      deps.http({ ...(await requestOf(endpointsOf(settings)[api]!, [])), scope, tries });
    return examine(settings, name, post);
  },
  listeners: (sink) => [runEvent(sink)],
});

/** Custom events through the Event API and gauges through the Metric API. */
export const newrelic: SinkPlugin = { ...sink, cost };

function create(settings: Settings, deps: Deps, name: string): Sink {
  const endpoints = endpointsOf(settings);
  const send = createSend(name, settings, deps);
  return {
    name,
    // Read with max or latest, as the README says, a repeat changes nothing.
    repeatSafe: true,
    maxAgeMs: MAX_AGE_MS,
    limits: LIMITS,
    encode,
    encodeGauge: gaugeItems,
    encodeCorrection,
    send: (items, scope) => send(endpoints[items[0]?.lane ?? 'events']!, items, scope),
  };
}

type Send = (endpoint: Endpoint, items: readonly Item[], scope: Scope) => Promise<readonly Outcome[]>;

/** One request; all items share its outcome. */
function createSend(name: string, settings: Settings, deps: Deps): Send {
  const requestOf = createRequests(name, settings, deps);
  return async (endpoint, items, scope) => {
    const request = await requestOf(endpoint, items);
    try {
      const answer = await deps.http({ ...request, scope });
      const ref = endpoint.reference(answer.status, parseJson(answer.text));
      const outcome: Outcome =
        ref === null ? undocumented(name, answer.status, endpoint.urlVariable) : { status: 'accepted', ref };
      return items.map(() => outcome);
    } catch (error) {
      const outcome = outcomeOf(error);
      return items.map(() => outcome);
    }
  };
}

type Requests = (endpoint: Endpoint, items: readonly Item[]) => Promise<Omit<HttpRequest, 'scope'>>;

function createRequests(service: string, settings: Settings, { uuid }: Deps): Requests {
  const { licenseKey: key } = settings;
  const common = {
    service,
    method: 'POST',
    timeoutMs: TIMEOUT_MS,
    repeatSafe: true,
    secrets: [key],
    advice: ({ status }: Answered) => (status === 401 || status === 403 ? adviceOnKey(settings) : undefined),
  } as const;
  return async (endpoint, items) => {
    const body = await promisify(gzip)(JSON.stringify(endpoint.frame(items.map((item) => item.body))));
    const headers = {
      'Api-Key': key,
      'Content-Type': 'application/json',
      'Content-Encoding': 'gzip',
      // The same on every try of these items, new for each part after a split.
      'x-request-id': uuid(),
    };
    return { ...common, url: endpoint.url, urlVariable: endpoint.urlVariable, headers, body };
  };
}
