import assert from 'node:assert/strict';
import type { ClaimKey, Delivered } from '../../../src/core/model/receipt.ts';
import type { Claimed, Claims, Hold, Settlement } from '../../../src/core/ports/claims.ts';

export interface ClaimsSubject {
  /** A ledger that remembers nothing yet. */
  create(): ClaimsStage | Promise<ClaimsStage>;
}

export interface ClaimsStage {
  readonly claims: Claims;
  /** Lets this much time pass, as far as the ledger can tell. */
  pass(ms: number): void | Promise<void>;
}

export const KEY: ClaimKey = { reportId: 'crm@2026-11-20T10:00:00.000Z', revision: 0, sink: 'newrelic' };
export const OTHERS: readonly ClaimKey[] = [
  { ...KEY, revision: 1 },
  { ...KEY, sink: 'anodot' },
  { ...KEY, reportId: 'crm@2026-11-20T10:05:00.000Z' },
];
export const LEASE = 130_000;
/** More than a test takes: on a real clock a lease has this much less left. */
export const SLACK = 30_000;
export const RECEIPT: Delivered = {
  accepted: 3,
  refused: [{ key: 'k9', why: 'no' }],
  uncertain: 1,
  failed: 0,
  refs: ['r-1'],
};
export const NOTHING: Delivered = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] };

export function settlement(hold: Hold, given: Partial<Settlement> = {}): Settlement {
  return { ...hold, receipt: RECEIPT, done: true, delivered: new Map(), ...given };
}

/** What a claim says, without its token. */
export function plain(claimed: Claimed | undefined): unknown {
  if (claimed?.status !== 'ours') return claimed;
  const { token: _token, ...rest } = claimed;
  return rest;
}

export interface Stage extends ClaimsStage {
  /** The status of one claim. */
  ask(key?: ClaimKey): Promise<string>;
  /** A claim that must be granted. */
  take(key?: ClaimKey): Promise<Hold>;
}

export function stageOf(made: ClaimsStage): Stage {
  const one = async (key: ClaimKey): Promise<Claimed> => (await made.claims.claim([key], LEASE))[0]!;
  return {
    ...made,
    ask: async (key = KEY) => (await one(key)).status,
    take: async (key = KEY) => {
      const claimed = await one(key);
      assert.ok(claimed.status === 'ours', claimed.status);
      return { key, token: claimed.token };
    },
  };
}
