import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { fitsAlone } from '../../src/core/delivery/batches.ts';
import type { Item, Outcome } from '../../src/core/model/item.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Sink } from '../../src/core/ports/sink.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import { depsOf, type TestDeps } from '../support/build/deps.ts';
import { type Answer, type Call, type Expected, mock, type Reply } from '../support/build/http-mock.ts';
import { freeze, reportOf } from '../support/build/reports.ts';
import { scopeOf, type TestScope } from '../support/build/scope.ts';
import { withTimeouts } from '../support/time/timeouts.ts';

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
}

interface Sent {
  readonly outcomes: readonly Outcome[];
  readonly calls: readonly Call[];
  readonly scope: TestScope;
  readonly deps: TestDeps;
  readonly items: readonly Item[];
}

/** status, tries when a repeat is safe, tries when not, what is then said of the items */
const STATUSES: readonly (readonly [number, number, number, 'failed' | 'uncertain'])[] = [
  [400, 1, 1, 'failed'],
  [401, 1, 1, 'failed'],
  [403, 1, 1, 'failed'],
  [404, 1, 1, 'failed'],
  [408, 4, 4, 'failed'],
  [413, 1, 1, 'failed'],
  [425, 4, 4, 'failed'],
  [429, 5, 5, 'failed'],
  [500, 4, 4, 'failed'],
  [502, 4, 1, 'uncertain'],
  [503, 4, 4, 'failed'],
  [504, 4, 1, 'uncertain'],
];
const NEVER_ACCEPTED: readonly (readonly [string, unknown])[] = [
  ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
  ['an empty body', ''],
  ['broken JSON', '{"success": tr'],
  ['an empty object', {}],
  ['a list', []],
  ['null', 'null'],
  ['a text', '"ok"'],
  ['another shape', { success: false, errors: 'none', requestId: 7, uuid: '' }],
];

/** What every sink must do, whatever it sends to. */
export function sinkContract(subject: SinkSubject): void {
  describe('keeps the contract of sinks', () => {
    encoding(subject);
    for (const endpoint of subject.endpoints) {
      describe(`sending to ${endpoint.name}`, () => {
        accepting(subject, endpoint);
        repeating(subject, endpoint);
        secrets(subject, endpoint);
        ending(subject, endpoint);
      });
    }
  });
}

function encoding({ create, name, repeatSafe }: SinkSubject): void {
  it('bears the name of its instance and says whether repeats are safe', () => {
    const sink = create(depsOf());
    assert.deepEqual([sink.name, sink.repeatSafe], [name, repeatSafe]);
  });

  it('encodes the same report to the same items, on every server and at any time', () => {
    const later = depsOf();
    later.clock.advance(86_400_000);
    assert.deepEqual(create(later).encode(reportOf()), create(depsOf()).encode(reportOf()));
  });

  it('encodes without touching the report', () => {
    assert.ok(create(depsOf()).encode(freeze(reportOf())).length > 0);
  });

  it('gives each item a key of its own, also among other windows, filters and revisions', () => {
    const sink = create(depsOf());
    const other = reportOf().filter;
    const reports: Report[] = [
      reportOf(),
      reportOf({ revision: 1 }),
      reportOf({ id: 'crm-checkout@2026-11-20T10:05:00.000Z' }),
      reportOf({ id: 'crm@2026-11-20T10:00:00.000Z', filter: { ...other, name: 'crm' } }),
    ];
    const keys = reports.flatMap((report) => sink.encode(report).map(({ key }) => key));
    assert.equal(new Set(keys).size, keys.length);
  });

  const { totals, ...rest } = reportOf({ revision: 1 });
  const higher = { ...rest, totals: [{ ...totals[0]!, events: totals[0]!.events + 7 }, ...totals.slice(1)] };

  it('corrects with the same items on every server, without touching report and earlier totals, and with nothing when nothing is higher', () => {
    const [sink, later] = [create(depsOf()), depsOf()];
    later.clock.advance(86_400_000);
    const encode = (it: Sink, report: Report): readonly Item[] =>
      it.encodeCorrection?.(freeze({ totals }), freeze(report)) ?? [];
    assert.deepEqual(encode(create(later), higher), encode(sink, higher));
    assert.deepEqual(encode(sink, reportOf({ revision: 1 })), []);
    assert.equal(encode(sink, higher).length > 0, sink.encodeCorrection !== undefined);
    assert.equal(
      sink.uncorrectable === undefined,
      sink.encodeCorrection !== undefined,
      'one that cannot be corrected says why',
    );
  });

  it('corrects with keys of their own, in items that can be sent', () => {
    const sink = create(depsOf());
    const items = [
      ...sink.encode(reportOf()),
      ...[1, 2].flatMap((revision) => sink.encodeCorrection?.({ totals }, { ...higher, revision }) ?? []),
    ];
    assert.equal(new Set(items.map(({ key }) => key)).size, items.length);
    for (const item of items) assert.ok(fitsAlone(item, sink.limits));
  });

  it('makes no item that is too large to send', () => {
    const sink = create(depsOf());
    for (const item of sink.encode(reportOf())) assert.ok(fitsAlone(item, sink.limits));
  });
}

function accepting(subject: SinkSubject, endpoint: Endpoint): void {
  it('posts exactly the bodies of the items, once, and says of each that it was accepted', async () => {
    const { outcomes, calls, items, deps } = await send(subject, endpoint, [
      endpoint.accepted(itemsFor(subject, endpoint).length),
    ]);
    assert.deepEqual(
      endpoint.bodiesIn(calls[0]?.body),
      items.map(({ body }) => body),
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'accepted'),
    );
    assert.deepEqual(
      new Set(outcomes.map((outcome) => ('ref' in outcome ? outcome.ref : undefined))),
      new Set([endpoint.ref]),
    );
    assert.deepEqual(deps.clock.slept, []);
  });

  for (const [name, body] of NEVER_ACCEPTED) {
    it(`never takes ${name} with a 2xx for a success, and does not send again`, async () => {
      for (const status of [200, 202]) {
        const { outcomes, items } = await send(subject, endpoint, [{ status, body }]);
        assert.deepEqual(
          outcomes.map((outcome) => outcome.status),
          items.map(() => 'uncertain'),
          inspect(outcomes),
        );
      }
    });
  }
}

function repeating(subject: SinkSubject, endpoint: Endpoint): void {
  const { repeatSafe } = subject;
  for (const [status, safe, other, said] of STATUSES) {
    const tries = repeatSafe ? safe : other;
    it(`${status}: ${tries === 1 ? 'one try' : `${tries} tries`}, then ${said}`, async () => {
      const { outcomes, items, calls } = await send(subject, endpoint, times(tries, { status, body: 'no' }));
      assert.equal(outcomes.length, items.length);
      for (const outcome of outcomes) {
        assert.ok(outcome.status === said && 'fault' in outcome, inspect(outcome));
        assert.deepEqual(
          [outcome.fault.retryable, outcome.fault.tooLarge === true],
          [status >= 500 || [408, 425, 429].includes(status), status === 413],
        );
        assert.ok(outcome.fault.message.startsWith(`${subject.name}: answered ${status}`), outcome.fault.message);
      }
      assert.deepEqual(
        calls.map(({ text }) => text),
        times(tries, calls[0]!.text),
        'every try has the same bytes',
      );
    });
  }

  it('a try that helps is the end of it', async () => {
    const { outcomes, items } = await send(subject, endpoint, [
      { status: 503 },
      'refused',
      endpoint.accepted(itemsFor(subject, endpoint).length),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'accepted'),
    );
  });

  it('a refused connection: 4 tries, then failed', async () => {
    const { outcomes } = await send(subject, endpoint, times(4, 'refused'));
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['failed']);
  });

  it(`a cut connection: ${repeatSafe ? '4 tries' : 'one try'}, then uncertain`, async () => {
    const { outcomes } = await send(subject, endpoint, times(repeatSafe ? 4 : 1, 'cut'));
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['uncertain']);
  });

  it(`no answer in time: ${repeatSafe ? '4 tries' : 'one try'}, then uncertain`, () =>
    withTimeouts(async ({ asked, expire }) => {
      const hang: Reply = () => {
        expire();
        return new Promise<never>(() => undefined);
      };
      const { outcomes } = await send(subject, endpoint, times(repeatSafe ? 4 : 1, hang));
      assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['uncertain']);
      assert.ok(
        asked.every((ms) => ms >= 10_000 && ms <= 60_000),
        String(asked),
      );
    }));
}

function secrets(subject: SinkSubject, endpoint: Endpoint): void {
  it('shows no secret in any outcome or log line, whatever the service echoes', async () => {
    const tries = subject.repeatSafe ? 4 : 1;
    for (const secret of subject.secrets) {
      for (const echo of forms(secret)) {
        const bodies: unknown[] = [
          `key ${echo} is bad`,
          `${'x'.repeat(185)} ${echo}`,
          { detail: echo },
          { errors: [echo] },
          { errors: [{ index: '0', error: '2010', description: echo }] },
          { errors: [{ error: 1001, description: `${'x'.repeat(175)} ${echo}` }] },
        ];
        for (const body of bodies) {
          for (const [status, count] of [
            [200, 1],
            [400, 1],
            [401, 1],
            [502, tries],
          ] as const)
            expectClean(await send(subject, endpoint, times(count, { status, body })), secret);
        }
      }
      for (const reply of ['cut', 'refused'] as const)
        expectClean(await send(subject, endpoint, times(reply === 'cut' ? tries : 4, reply)), secret);
    }
  });
}

function ending(subject: SinkSubject, endpoint: Endpoint): void {
  it('sends nothing once the run has ended', async () => {
    const { outcomes, items } = await send(subject, endpoint, [], AbortSignal.abort());
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'failed'),
    );
  });

  it('ends at once when the run ends, and the items in flight are uncertain', async () => {
    const stop = new AbortController();
    const { outcomes, items } = await send(
      subject,
      endpoint,
      [
        () => {
          stop.abort();
          return new Promise<never>(() => undefined);
        },
      ],
      stop.signal,
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'uncertain'),
    );
  });
}

function itemsFor({ create }: SinkSubject, { lane }: Endpoint): readonly Item[] {
  return create(depsOf())
    .encode(reportOf())
    .filter((item) => item.lane === lane);
}

async function send(
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

function times<T>(count: number, what: T): T[] {
  return Array.from({ length: count }, () => what);
}

function forms(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}

/** NOTE: by its first half: a secret that was cut is still a secret. */
function expectClean({ outcomes, scope }: Sent, secret: string): void {
  const all = [
    inspect(outcomes, { depth: 20, showHidden: true }),
    JSON.stringify(outcomes),
    inspect(scope.log.lines, { depth: 20 }),
    JSON.stringify(scope.log.lines),
  ].join('\n');
  for (const form of forms(secret)) assert.ok(!all.includes(form.slice(0, 10)), all);
}
