import type { Item, Outcome } from '../../src/core/model/item.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Sink } from '../../src/core/ports/sink.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import { depsOf, type TestDeps } from '../support/build/deps.ts';
import { type Answer, type Call, type Expected, mock, type Reply } from '../support/build/http-mock.ts';
import { reportOf } from '../support/build/reports.ts';
import { scopeOf, type TestScope } from '../support/build/scope.ts';

/** One address that the sink posts to. */
export interface Endpoint {
  readonly name: string;
  /** Without method and body. */
  readonly request: Expected;
  readonly lane?: string;
  /** The answer that takes all; `count` items. */
  accepted(count: number): Answer;
  /** Of an accepted item. */
  readonly ref?: string;
  /** The bodies inside the vendor's frame. */
  bodiesIn(body: unknown): unknown;
}

export interface SinkSubject {
  create(deps: Deps): Sink;
  readonly name: string;
  readonly repeatSafe: boolean;
  readonly secrets: readonly string[];
  readonly endpoints: readonly Endpoint[];
  /** For a sink that wants only some reports: one that it has records for, the same every time. */
  readonly wanted?: (over?: Partial<Report>) => Report;
  /** One of which it wants nothing. */
  readonly unwanted?: Report;
}

/** What came of items that were sent. */
export interface Sent {
  readonly outcomes: readonly Outcome[];
  readonly calls: readonly Call[];
  readonly scope: TestScope;
  readonly deps: TestDeps;
  readonly items: readonly Item[];
}

/** What the sink makes of a report for this address. */
export function itemsFor({ create, wanted = reportOf }: SinkSubject, { lane }: Endpoint): readonly Item[] {
  return create(depsOf())
    .encode(wanted())
    .filter((item) => item.lane === lane);
}

export async function send(
  subject: SinkSubject,
  endpoint: Endpoint,
  replies: readonly Reply[],
  signal?: AbortSignal,
): Promise<Sent> {
  const deps = depsOf(undefined, subject.secrets);
  const sink = subject.create(deps);
  const items = itemsFor(subject, endpoint);
  const scope = scopeOf(signal === undefined ? {} : { signal });
  const calls = mock({ ...endpoint.request, method: 'POST' }, ...replies);
  return { outcomes: await sink.send(items, scope), calls, scope, deps, items };
}

export function times<T>(count: number, what: T): T[] {
  return Array.from({ length: count }, () => what);
}
