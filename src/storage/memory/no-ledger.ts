import type { Claims } from '../../core/ports/claims.ts';
import type { History } from '../../core/ports/history.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import { allOf, UNSHARED } from './unshared.ts';

const noClaims: Claims = {
  claim: async (keys) => keys.map(() => ({ status: 'ours', token: '', delivered: new Map() })),
  renew: async (holds) => holds.map(() => true),
  settle: async (done) => done.map(() => true),
};

const noHistory: History = {
  put: async () => undefined,
  get: async () => new Map(),
  began: async () => undefined,
  ended: async () => undefined,
};

/** A run that remembers nothing: every claim is granted. For debug runs. */
export const noLedger: Ledger = {
  claims: noClaims,
  history: noHistory,
  ...UNSHARED,
  keep: async (kept) => allOf(kept),
};
