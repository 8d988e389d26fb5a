import type { Received } from '../world/received.ts';

/** Records of one kind, filter, project and time, added up: what arrived, where single records would be too many to show. */
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

export function tally({ newrelic, anodot }: Received): Tally {
  const groups = new Map<string, Arrived>();
  const add =
    (arrivals: ReadonlyMap<number, number>) =>
    (
      n: number,
      sink: Arrived['sink'],
      what: unknown,
      names: Loose,
      timestamp: number,
      { value, count }: Loose,
    ): void => {
      const key = JSON.stringify([sink, what, names['filter'], names['project'], timestamp]);
      const group = groups.get(key) ?? {
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
      groups.set(key, group);
      group.records++;
      group.value += typeof value === 'number' ? value : 0;
      group.count += typeof count === 'number' ? count : 0;
      group.lastAt = Math.max(group.lastAt, arrivals.get(n) ?? 0);
    };
  const toNewRelic = add(new Map(newrelic.raw.map(({ n, at }) => [n, at])));
  const toAnodot = add(new Map(anodot.raw.map(({ n, at }) => [n, at])));
  for (const { n, record, timestamp } of newrelic.events)
    toNewRelic(n, 'newrelic', record['type'] ?? record['eventType'], record, timestamp, record);
  for (const { n, record, timestamp } of newrelic.metrics)
    toNewRelic(n, 'newrelic', record['name'], attributesOf(record), timestamp, record);
  for (const { n, sample } of anodot.samples)
    toAnodot(n, 'anodot', sample.properties['what'], sample.properties, sample.timestamp * 1000, sample);
  return {
    arrived: [...groups.values()],
    dropped: newrelic.droppedEvents.length + newrelic.droppedMetrics.length,
    refused: anodot.refused.length,
  };
}

function attributesOf(record: Loose): Loose {
  const attributes = record['attributes'];
  return typeof attributes === 'object' && attributes !== null ? (attributes as Loose) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
