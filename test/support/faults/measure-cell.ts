import assert from 'node:assert/strict';
import type { World } from '../../../sandbox/index.ts';
import type { Json } from '../e2e/json.ts';
import { taken } from '../e2e/received-records.ts';
import type { FilterSpec } from '../e2e/service.ts';
import { perform, type Performance } from './run-with-fault.ts';
import { holdings } from './holdings.ts';
import { BLUE, RED } from './targets.ts';
import type { Cell, FaultCase, Target, Times } from './types.ts';
import { answerWords, missingWords, receiptWords, storedWords, troubleIn, tryWords } from './cell-words.ts';

const PARTS = {
  counts: ['counts'],
  'issue records': ['issues'],
  'tag records': ['splits'],
  metrics: ['metrics'],
  samples: ['samples'],
};
const LANES = {
  newrelic: { events: ['counts', 'issues', 'splits'], metrics: ['metrics'] },
  anodot: { samples: ['samples'] },
} as const;

/** Runs one cell, checks what holds in all of them, and says in words what came of it. */
export function measure(target: Target, fault: FaultCase, times: Times): Promise<Cell> {
  return perform(target, fault, times, async (it) => {
    checkMet(it, fault, times);
    checkWaits(it, fault);
    checkAnswer(target, it);
    const cell = target.vendor === 'sentry' ? sentryWords(it) : sinkWords(target, it);
    checkReason(it, fault, cell);
    return { ...cell, tries: tryWords(it.tries), again: await againWords(target, it, cell) };
  });
}

type Words = Omit<Cell, 'tries' | 'again'>;

/** What was provoked did happen. */
function checkMet({ requests }: Performance, { fault }: FaultCase, times: Times): void {
  const met = requests.filter((request) => request.fault !== null);
  assert.ok(
    met.length > 0 && met.every((request) => request.fault === fault.kind),
    `the fault was not met: ${JSON.stringify(requests.map((request) => request.fault))}`,
  );
  assert.ok(times === 'lasting' || met.length === 1, `the fault was met ${met.length} times`);
}

/** Requests to Sentry that may be on their way when one of them is told to wait. */
const IN_FLIGHT = 4;

/**
 * The request is not asked again before the time that the vendor named, and not much later.
 * A limit (429) of Sentry holds for all requests to the endpoint. New Relic and Anodot get one request at a time.
 */
function checkWaits({ requests, tries }: Performance, { asks }: FaultCase): void {
  if (asks === undefined) return;
  for (const told of tries.filter((it) => it.fault !== null)) {
    const until = asks(told.at);
    const next = tries.find(({ n }) => n > told.n);
    const isForAll = next !== undefined && told.vendor === 'sentry' && told.status === 429;
    const early = requests.filter(
      ({ endpoint, n, at }) => isForAll && endpoint === told.endpoint && n > told.n && at < until,
    );
    assert.ok(
      early.length <= IN_FLIGHT && early.every(({ at }) => at === told.at),
      `asked before ${until - told.at} ms had passed: ${early.map(({ at }) => at - told.at).join()}`,
    );
    if (next !== undefined)
      assert.ok(
        next.at >= until && next.at <= until + 2000,
        `asked again after ${next.at - told.at} ms instead of ${until - told.at}`,
      );
  }
}

/** The numbers of the answer, and the run event, agree with what happened. */
function checkAnswer({ endpoint }: Target, { posted: { body }, requests, sandbox }: Performance): void {
  assert.equal(body.sentryRequests, requests.filter(({ vendor }) => vendor === 'sentry').length, 'each try counts');
  const { runEvents, events } = taken(sandbox.world.received);
  if (endpoint !== 'nr-events')
    assert.deepEqual(
      runEvents.map(({ outcome, incomplete }) => [outcome, incomplete]),
      [[body.status, body.incomplete]],
    );
  for (const report of body.reports as Json[]) {
    const counts = events.filter((it) => it['filter'] === report.filter && it['type'] === 'filter_count');
    const reason = (report.gaps as Json[]).find(({ part }) => ['totals', 'issues', 'splits'].includes(part))?.reason;
    for (const it of counts) assert.deepEqual([it['complete'], it['reason']], [reason === undefined ? 1 : 0, reason]);
    assert.equal(report.complete, reason === undefined);
  }
}

/** The answer says what the matter was. */
function checkReason({ posted }: Performance, { says }: FaultCase, { missing, receipts }: Words): void {
  const isAnswered = missing === 'not read' || /not_answered|project_/.test(missing) || receipts.includes(':');
  const trouble = troubleIn(posted);
  if (isAnswered)
    assert.ok(
      says.some((words) => trouble.includes(words)),
      `none of "${says.join('", "')}" is in: ${trouble}`,
    );
}

function sentryWords({ posted, sandbox }: Performance): Words {
  const [red, blue] = posted.body.reports as Json[];
  const other = [missingWords(blue), stored(sandbox.world, BLUE)].filter((it) => it !== '-').join(': ');
  const [first, second] = [receiptWords([red], 'newrelic'), receiptWords([red], 'anodot')];
  return {
    answer: answerWords(posted),
    missing: missingWords(red),
    receipts: first === second ? first : `newrelic ${first}; anodot ${second}`,
    stored: stored(sandbox.world, RED),
    other: other === 'all once' ? 'whole' : other,
  };
}

function stored(world: World, filter: FilterSpec): string {
  return storedWords(holdings(world, [filter]), PARTS);
}

function sinkWords({ vendor }: Target, { posted, sandbox }: Performance): Words {
  const reports = posted.body.reports as Json[];
  const [sink, another] = vendor === 'anodot' ? (['anodot', 'newrelic'] as const) : (['newrelic', 'anodot'] as const);
  const held = holdings(sandbox.world, [RED, BLUE]);
  const other = [receiptWords(reports, another), storedWords(held, LANES[another])].join('; ');
  const beats = taken(sandbox.world.received).runEvents.length;
  const runEvent = beats === 0 ? 'no run event' : `run event ${beats} times`;
  return {
    answer: answerWords(posted),
    missing: [...new Set(reports.map(missingWords))].join(' + '),
    receipts: receiptWords(reports, sink),
    stored: [storedWords(held, LANES[sink]), ...(beats === 1 ? [] : [runEvent])].join(', '),
    other: other === 'sent; all once' ? 'whole' : other,
  };
}

/** Posts again unless all is well. */
async function againWords(
  { vendor }: Target,
  { repeat, sandbox: { world } }: Performance,
  { answer, missing, stored: held, other }: Words,
): Promise<string> {
  if (answer === '200 ok all' && missing === '-' && held === 'all once' && other === 'whole') return '-';
  const words = (): string =>
    vendor === 'sentry'
      ? [...new Set([stored(world, RED), stored(world, BLUE)])].join('; other: ')
      : storedWords(holdings(world, [RED, BLUE]), { ...LANES.newrelic, ...LANES.anodot });
  const before = words();
  const { status } = await repeat();
  const after = words();
  return `${status}, ${after === before && after !== 'all once' ? 'as before' : after}`;
}
