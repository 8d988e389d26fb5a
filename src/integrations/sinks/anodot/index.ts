import { baseUrl, oneOf, secret } from '../../../config/formats.ts';
import { outcomeOf, undocumented } from '../../../core/model/errors.ts';
import type { Item } from '../../../core/model/item.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import type { HttpRequest } from '../../../platform/http/client.ts';
import { type Deps, plugin, type SinkPlugin } from '../../plugin.ts';
import { outcomesIn } from './answer.ts';
import { cost } from './cost.ts';
import { gaugeSamples } from './gauges.ts';
import { adviceOn, examine } from './examine.ts';
import { encode, encodeCorrection, type TargetType } from './samples.ts';
import { vet } from './vet.ts';

interface Settings {
  readonly token: string;
  readonly url: string;
  readonly eventsAs: TargetType;
}

/** 1,000 samples is what every client of the vendor sends; bytes are not documented. */
const LIMITS = { items: 1000, bytes: 1_000_000 };
const TIMEOUT_MS = 30_000;
const URL_VARIABLE = 'ANODOT_URL';
/** Of a look at the token by somebody who waits. */
const EXAM_TRIES = 2;

const sink = plugin<Sink, Settings>({
  settings: {
    token: {
      doc: 'Data collection key',
      format: secret(),
      default: null,
      sensitive: true,
      env: 'ANODOT_TOKEN',
      key: 'anodot',
    },
    url: { doc: 'Address of Anodot', format: baseUrl, default: 'https://app.anodot.com', env: 'ANODOT_URL' },
    eventsAs: {
      doc: 'How sentry_events adds up: counter (summed) or gauge (averaged, safe to repeat)',
      format: oneOf('counter', 'gauge'),
      default: 'counter',
      env: 'ANODOT_EVENTS_AS',
    },
  },
  wantedBy: ['ANODOT_TOKEN'],
  create,
  place: ({ url, token }) => [url, token],
  vet,
  examine: (_sink, { settings, deps, name }, { scope, thorough }) => {
    const request = { ...createRequests(settings, name)([]), scope, tries: thorough ? EXAM_TRIES : undefined };
    return examine(name, () => deps.http(request), deps.redact);
  },
});

/** Metrics 2.0: three samples per filter and project. A refusal comes inside a 200, with the position of its sample. */
export const anodot: SinkPlugin = { ...sink, cost };

function create(settings: Settings, deps: Deps, name: string): Sink {
  const isCounter = settings.eventsAs === 'counter';
  return {
    name,
    repeatSafe: !isCounter,
    limits: LIMITS,
    encode: (report) => encode(report, settings.eventsAs),
    encodeGauge: gaugeSamples,
    ...(isCounter ? { encodeCorrection } : { uncorrectable: UNCORRECTABLE }),
    send: createSend(settings, deps, name),
  };
}

const UNCORRECTABLE = 'Anodot averages what a gauge gets twice; set ANODOT_EVENTS_AS=counter, or leave anodot out';

function createSend(settings: Settings, deps: Deps, service: string): Sink['send'] {
  const requestOf = createRequests(settings, service);
  const repeatSafe = settings.eventsAs === 'gauge';
  return async (items, scope) => {
    const request = requestOf(items);
    try {
      const { status, text } = await deps.http({ ...request, scope });
      return (
        outcomesIn(text, items.length, deps.redact, repeatSafe) ??
        items.map(() => undocumented(service, status, URL_VARIABLE))
      );
    } catch (error) {
      const outcome = outcomeOf(error);
      return items.map(() => outcome);
    }
  };
}

type Requests = (items: readonly Item[]) => Omit<HttpRequest, 'scope'>;

function createRequests({ url, token, eventsAs }: Settings, service: string): Requests {
  const target = {
    service,
    method: 'POST',
    url: `${url}/api/v1/metrics`,
    urlVariable: URL_VARIABLE,
    params: [
      ['token', token],
      ['protocol', 'anodot20'],
    ],
    headers: { 'Content-Type': 'application/json' },
    timeoutMs: TIMEOUT_MS,
    repeatSafe: eventsAs === 'gauge',
    secrets: [token],
    advice: adviceOn,
  } as const;
  // Not compressed: whether Anodot reads gzip is not documented.
  return (items) => ({ ...target, body: Buffer.from(JSON.stringify(items.map((item) => item.body))) });
}
