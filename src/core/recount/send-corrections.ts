import { type Courier, giveUp, type MakeCourier } from '../delivery/courier.ts';
import { type Leases, type LeasesDeps, openLeases } from '../delivery/leases.ts';
import { NOTHING } from '../delivery/receipt.ts';
import type { ClaimKey, Receipt } from '../model/receipt.ts';
import { partsOf, PERIOD_MS } from '../model/window.ts';
import type { Claimed, Hold } from '../ports/claims.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import { quiet } from '../run/read-deadline.ts';
import type { RecountWork } from './count-again.ts';

export interface SentCorrection {
  readonly key: ClaimKey;
  readonly receipt: Receipt;
}

/** So many are claimed at once. */
const CLAIMED = 200;

export interface SendDeps extends LeasesDeps {
  readonly courier: MakeCourier;
  /** Names of the sinks that take something just now. */
  readonly served: ReadonlySet<string>;
}

/** Brings corrections that were kept to their sinks: those of this run and what earlier ones left. `tried`: not again in this run. */
export async function sendCorrections(
  from: number,
  tried: Set<string>,
  work: RecountWork,
  deps: SendDeps,
): Promise<readonly SentCorrection[]> {
  const {
    request: { filters },
    recounts,
    scope,
  } = work;
  const { served } = deps;
  const open = (
    await recounts.open(
      filters.map(({ name }) => name),
      from,
    )
  ).filter((key) => served.has(key.sink) && !tried.has(nameOf(key)));
  const sent: SentCorrection[] = [];
  for (let at = 0; at < open.length && !scope.signal.aborted; at += CLAIMED) {
    const keys = open.slice(at, at + CLAIMED);
    for (const key of keys) tried.add(nameOf(key));
    sent.push(...(await sendSome(keys, work, deps)));
  }
  return sent;
}

async function sendSome(
  keys: readonly ClaimKey[],
  { sinks, ledger, scope }: RecountWork,
  deps: SendDeps,
): Promise<readonly SentCorrection[]> {
  const leases = openLeases(ledger, scope, deps);
  try {
    return await sendHeld(keys, await leases.claim(keys), sinks, leases, { ...scope, log: quiet(scope.log) }, deps);
  } finally {
    await leases.close();
  }
}

async function sendHeld(
  keys: readonly ClaimKey[],
  claimed: readonly Claimed[],
  sinks: readonly Sink[],
  leases: Leases,
  scope: Scope,
  deps: SendDeps,
): Promise<readonly SentCorrection[]> {
  const couriers = new Map(sinks.map((sink) => [sink.name, deps.courier(sink, leases, scope)]));
  const receipts = keys.flatMap((key, index): Promise<SentCorrection>[] => {
    const answer = claimed[index]!;
    if (answer.status !== 'ours') return [];
    const sink = sinks.find(({ name }) => name === key.sink)!;
    return [
      sendOne(key, answer, sink, couriers.get(key.sink)!, leases, deps.now).then((receipt) => ({ key, receipt })),
    ];
  });
  for (const it of couriers.values()) it.end();
  return Promise.all(receipts);
}

/**
 * NOTE: what is too old is through: no later run could send it either. Without its items (the ledger went away just now, or cannot say)
 * nothing is sent, and it stays open: nothing sent is not delivered.
 */
async function sendOne(
  key: ClaimKey,
  { token, items, delivered }: Extract<Claimed, { status: 'ours' }>,
  { maxAgeMs }: Sink,
  courier: Courier,
  leases: Leases,
  now: () => number,
): Promise<Receipt> {
  const hold: Hold = { key, token };
  const { start } = partsOf(key.reportId)!;
  if (items === undefined)
    return giveUp(leases, hold, delivered, {
      error: `not sent: the ledger does not say what ${key.sink} is to be told`,
    });
  if (maxAgeMs === undefined || now() - start <= maxAgeMs)
    return courier.deliver({ hold, window: { start, end: start + PERIOD_MS }, items, delivered });
  const receipt = {
    ...NOTHING,
    error: `not sent: the window is older than the ${maxAgeMs / 3_600_000} h that ${key.sink} takes`,
  };
  await leases.settle({ ...hold, receipt, done: true, delivered: new Map() });
  return { status: 'failed', ...receipt };
}

export function nameOf({ reportId, revision, sink }: ClaimKey): string {
  return JSON.stringify([reportId, revision, sink]);
}
