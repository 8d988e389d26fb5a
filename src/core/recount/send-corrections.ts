import { type Courier, giveUp } from '../delivery/courier.ts';
import { type Leases, openLeases } from '../delivery/leases.ts';
import { NOTHING } from '../delivery/receipt.ts';
import { isTooOld } from '../delivery/too-old.ts';
import { chunks } from '../model/chunks.ts';
import type { ClaimKey, Receipt } from '../model/receipt.ts';
import { HOUR_MS, partsOf, PERIOD_MS } from '../model/window.ts';
import type { Claimed, Hold } from '../ports/claims.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sink } from '../ports/sink.ts';
import { quiet } from '../run/read-deadline.ts';
import type { RecountWork } from './recount-work.ts';

export interface SentCorrection {
  readonly key: ClaimKey;
  readonly receipt: Receipt;
}

/** So many are claimed at once. */
const CLAIMED = 200;

export interface SendDeps extends Clock {
  /** Names of the sinks that take something just now. */
  readonly served: ReadonlySet<string>;
}

/**
 * Brings corrections that were kept to their sinks: those of this run and what earlier ones left, of windows that
 * start at `from` or later. `tried`: not again in this run.
 */
export async function sendCorrections(
  from: number,
  tried: Set<string>,
  work: RecountWork,
  deps: SendDeps,
): Promise<readonly SentCorrection[]> {
  const { order, recounts, scope } = work;
  const names = order.filters.map(({ name }) => name);
  const open = (await recounts.open(names, from)).filter((key) => deps.served.has(key.sink) && !tried.has(nameOf(key)));
  const sent: SentCorrection[] = [];
  for (const keys of chunks(open, CLAIMED)) {
    if (scope.signal.aborted) break;
    for (const key of keys) tried.add(nameOf(key));
    sent.push(...(await sendSome(keys, work, deps)));
  }
  return sent;
}

/** The way to one sink. */
interface Way {
  readonly sink: Sink;
  readonly courier: Courier;
  readonly leases: Leases;
}

async function sendSome(
  keys: readonly ClaimKey[],
  { sinks, ledger, scope, courier }: RecountWork,
  deps: SendDeps,
): Promise<readonly SentCorrection[]> {
  const leases = openLeases(ledger, scope, deps);
  try {
    const claimed = await leases.claim(keys);
    const inside = { ...scope, log: quiet(scope.log) };
    const ways = new Map(
      sinks.map((sink): [string, Way] => [sink.name, { sink, leases, courier: courier(sink, leases, inside) }]),
    );
    const sent = keys.flatMap((key, index): Promise<SentCorrection>[] => {
      const answer = claimed[index]!;
      if (answer.status !== 'ours') return [];
      return [sendOne(key, answer, ways.get(key.sink)!, deps.now()).then((receipt) => ({ key, receipt }))];
    });
    for (const way of ways.values()) way.courier.end();
    return await Promise.all(sent);
  } finally {
    await leases.close();
  }
}

/**
 * NOTE: what is too old is through: no later run could send it either. Without its items (the ledger went away just
 * now, or cannot say) nothing is sent, and it stays open: nothing sent is not delivered.
 */
async function sendOne(
  key: ClaimKey,
  { token, items, delivered }: Extract<Claimed, { status: 'ours' }>,
  { sink, courier, leases }: Way,
  now: number,
): Promise<Receipt> {
  const hold: Hold = { key, token };
  const { start } = partsOf(key.reportId)!;
  if (items === undefined)
    return giveUp(leases, hold, delivered, {
      error: `not sent: the ledger does not say what ${key.sink} is to be told`,
    });
  if (!isTooOld(sink, start, now))
    return courier.deliver({ hold, window: { start, end: start + PERIOD_MS }, items, delivered });
  const takes = `the ${sink.maxAgeMs! / HOUR_MS} h that ${key.sink} takes`;
  const receipt = { ...NOTHING, error: `not sent: the window is older than ${takes}` };
  await leases.settle({ ...hold, receipt, done: true, delivered: new Map() });
  return { status: 'failed', ...receipt };
}

function nameOf({ reportId, revision, sink }: ClaimKey): string {
  return JSON.stringify([reportId, revision, sink]);
}
