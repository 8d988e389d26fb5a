import type { Ledger, OnError } from '../../../src/core/ports/ledger.ts';

/** A shared ledger that can be cut off, and whose memory is another server's too. */
export interface Cut {
  readonly ledger: Ledger;
  /** The first call that begins with one of these from now on, and all after it, fail. */
  from(...calls: string[]): void;
  heal(): void;
  readonly calls: string[];
}

export function cuttable(real: Ledger, onError: OnError): Cut {
  const [calls, state] = [[] as string[], { names: [] as string[], isDown: false }];
  const guard =
    <A extends unknown[], R>(name: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls.push(name);
      state.isDown ||= state.names.includes(name);
      if (state.isDown) throw new Error('connect ECONNREFUSED');
      return work(...args);
    };
  const { claims, history } = real;
  const ledger: Ledger = {
    ...real,
    claims: {
      claim: guard('claim', claims.claim),
      renew: guard('renew', claims.renew),
      settle: guard('settle', claims.settle),
    },
    history: {
      ...history,
      get: guard('get', history.get),
      began: guard('began', history.began),
      ended: guard('ended', history.ended),
    },
    keep: guard('keep', real.keep),
    servesBlind: () => false,
    health: async () => (state.isDown ? 'down' : 'ready'),
    sharing: { leaseMs: 30_000, parts: 6, lingers: true, onError },
  };
  return {
    ledger,
    calls,
    from: (...names) => (state.names = names),
    heal: () => Object.assign(state, { names: [], isDown: false }),
  };
}
