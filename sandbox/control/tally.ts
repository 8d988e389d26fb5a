import type { RawRequest, Received } from '../world/received.ts';

/** Records of one kind, filter, project and time, added up: single records would be too many to show. */
export type Arrived = {
  readonly sink: 'newrelic' | 'anodot';
  /** The `type` (or event type) of an event, the name of a metric, the `what` of a sample. */
  readonly what: string;
  /** '' where the record has none, as for the next. */
  readonly filter: string;
  readonly project: string;
  /** Of the records, epoch milliseconds. */
  readonly timestamp: number;
  records: number;
  /** Sums over the records that have one. */
  value: number;
  count: number;
  /** Sandbox clock at the arrival of the last. */
  lastAt: number;
};

export type Tally = { readonly arrived: readonly Arrived[]; readonly dropped: number; readonly refused: number };

type Loose = Readonly<Record<string, unknown>>;

/** One record, as far as it is added up. */
type Arrival = Pick<Arrived, 'sink' | 'timestamp'> & {
  readonly what: unknown;
  /** Where filter and project are. */
  readonly names: Loose;
  readonly numbers: Loose;
  readonly at: number;
};

export function tally(received: Received): Tally {
  const { newrelic, anodot } = received;
  const groups = new Map<string, Arrived>();
  for (const arrival of arrivalsOf(received)) {
    const { sink, what, names, timestamp, numbers } = arrival;
    const key = JSON.stringify([sink, what, names['filter'], names['project'], timestamp]);
    const group = groups.get(key) ?? emptyGroup(arrival);
    groups.set(key, group);
    group.records++;
    group.value += typeof numbers['value'] === 'number' ? numbers['value'] : 0;
    group.count += typeof numbers['count'] === 'number' ? numbers['count'] : 0;
    group.lastAt = Math.max(group.lastAt, arrival.at);
  }
  return {
    arrived: [...groups.values()],
    dropped: newrelic.droppedEvents.length + newrelic.droppedMetrics.length,
    refused: anodot.refused.length,
  };
}

function* arrivalsOf({ newrelic, anodot }: Received): Generator<Arrival> {
  const newrelicAt = arrivalTimes(newrelic.raw);
  for (const { n, record, timestamp } of newrelic.events) {
    const what = record['type'] ?? record['eventType'];
    yield { sink: 'newrelic', what, names: record, numbers: record, timestamp, at: newrelicAt(n) };
  }
  for (const { n, record, timestamp } of newrelic.metrics) {
    const names = attributesOf(record);
    yield { sink: 'newrelic', what: record['name'], names, numbers: record, timestamp, at: newrelicAt(n) };
  }
  const anodotAt = arrivalTimes(anodot.raw);
  for (const { n, sample } of anodot.samples) {
    const { properties, timestamp } = sample;
    const what = properties['what'];
    yield { sink: 'anodot', what, names: properties, numbers: sample, timestamp: timestamp * 1000, at: anodotAt(n) };
  }
}

/** When a request arrived, by its number. */
function arrivalTimes(raw: readonly RawRequest[]): (n: number) => number {
  const times = new Map(raw.map(({ n, at }) => [n, at]));
  return (n) => times.get(n) ?? 0;
}

function emptyGroup({ sink, what, names, timestamp }: Arrival): Arrived {
  return {
    sink,
    what: textOf(what),
    filter: textOf(names['filter']),
    project: textOf(names['project']),
    timestamp,
    records: 0,
    value: 0,
    count: 0,
    lastAt: 0,
  };
}

function attributesOf(record: Loose): Loose {
  const attributes = record['attributes'];
  return typeof attributes === 'object' && attributes !== null ? (attributes as Loose) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
