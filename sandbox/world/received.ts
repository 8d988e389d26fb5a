import type { IncomingHttpHeaders } from 'node:http';
import { type MessengerName, MESSENGERS } from '../types.ts';
import type { Inbox } from './inbox.ts';

/** A body as it was sent to an ingest API. */
export type RawRequest = {
  readonly n: number;
  readonly path: string;
  /** Without keys. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: string;
  readonly at: number;
  status: number | null;
  fault: string | null;
};

/** A record New Relic kept. `timestamp` is epoch milliseconds after its rules; `notes` what it changed. */
export type StoredRecord = {
  readonly n: number;
  readonly requestId: string;
  readonly index: number;
  readonly timestamp: number;
  readonly record: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
};

export type DroppedRecord = {
  readonly n: number;
  readonly requestId: string;
  /** Position in the request; null: all of it. */
  readonly index: number | null;
  readonly message: string;
  readonly record: unknown;
};

export type StoredSample = { readonly n: number; readonly index: number; readonly sample: AnodotSample };

export type RefusedSample = {
  readonly n: number;
  readonly index: number | null;
  readonly code: number;
  readonly description: string;
  readonly sample: unknown;
};

export type AnodotSample = {
  readonly properties: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, unknown>>;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly value: number;
};

export type Signal = 'start' | 'success' | 'fail' | 'log';

/** What a dead man's switch was told; `of`: a check, or a cron monitor. */
export type StoredPing = {
  readonly n: number;
  readonly of: 'check' | 'cron';
  readonly signal: Signal;
  readonly run: string | null;
  readonly at: number;
};

/** A message that a webhook took. */
export type Delivery = {
  readonly n: number;
  /** Of the hook, from its path. */
  readonly name: string;
  readonly id: string;
  readonly at: number;
  readonly body: Readonly<Record<string, unknown>>;
};

/** What it was told again, by the same id. */
export type RepeatedDelivery = Omit<Delivery, 'body'>;

export type RefusedDelivery = {
  readonly n: number;
  readonly name: string;
  readonly status: number;
  readonly why: string;
  readonly at: number;
};

export type Received = {
  newrelic: {
    events: StoredRecord[];
    droppedEvents: DroppedRecord[];
    metrics: StoredRecord[];
    droppedMetrics: DroppedRecord[];
    raw: RawRequest[];
  };
  anodot: { samples: StoredSample[]; refused: RefusedSample[]; raw: RawRequest[] };
  ping: { pings: StoredPing[]; raw: RawRequest[] };
  webhook: { deliveries: Delivery[]; repeats: RepeatedDelivery[]; refused: RefusedDelivery[]; raw: RawRequest[] };
} & Record<MessengerName, Inbox & { raw: RawRequest[] }>;

export function nothingReceived(): Received {
  return {
    newrelic: { events: [], droppedEvents: [], metrics: [], droppedMetrics: [], raw: [] },
    anodot: { samples: [], refused: [], raw: [] },
    ping: { pings: [], raw: [] },
    webhook: { deliveries: [], repeats: [], refused: [], raw: [] },
    ...nobodyWasTold(),
  };
}

function nobodyWasTold(): Pick<Received, MessengerName> {
  const all = MESSENGERS.map((name) => [name, { messages: [], refused: [], raw: [] }]);
  return Object.fromEntries(all) as Pick<Received, MessengerName>;
}

const KEYS = new Set(['authorization', 'api-key', 'x-insert-key', 'x-license-key', 'cookie']);

export function headersWithoutKeys(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !KEYS.has(name))
      .map(([name, value]) => [name, String(value)]),
  );
}

/** A metric's value in a 5-minute bucket, as Anodot would show it. */
export type SeriesPoint = {
  readonly properties: Readonly<Record<string, string>>;
  /** Epoch seconds, the bucket's start. */
  readonly bucket: number;
  readonly samples: number;
  readonly value: number;
};

/** Counters sum, gauges average; the metric is all its properties together. */
export function anodotSeries(samples: readonly StoredSample[]): SeriesPoint[] {
  const groups = new Map<string, AnodotSample[]>();
  for (const { sample } of samples) {
    const bucket = Math.floor(sample.timestamp / 300) * 300;
    const name = Object.entries(sample.properties).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([bucket, name]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sample]);
    else group.push(sample);
  }
  return [...groups.values()].map(pointOf);
}

function pointOf(samples: readonly AnodotSample[]): SeriesPoint {
  const properties = samples[0]?.properties ?? {};
  const sum = samples.reduce((total, sample) => total + sample.value, 0);
  return {
    properties,
    bucket: Math.floor((samples[0]?.timestamp ?? 0) / 300) * 300,
    samples: samples.length,
    value: properties['target_type'] === 'counter' ? sum : sum / samples.length,
  };
}
