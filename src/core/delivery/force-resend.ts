import type { Claims } from '../ports/claims.ts';
import type { Ledger } from '../ports/ledger.ts';

/** The token of what was delivered before and is sent again. */
const FORCED = 'forced';

/**
 * A ledger by whose claims also what it knows as delivered is sent. It goes on to know it as delivered, by the receipt
 * it has.
 */
export function forceResend(ledger: Ledger): Ledger {
  const { claims } = ledger;
  return {
    ...ledger,
    claims: {
      ...claims,
      claim: async (keys, leaseMs) =>
        (await claims.claim(keys, leaseMs)).map((claimed) =>
          claimed.status === 'done' ? { status: 'ours', token: FORCED, delivered: new Map() } : claimed,
        ),
      renew: (holds, leaseMs) => others(holds, (some) => claims.renew(some, leaseMs), true),
      settle: (done) =>
        others<Parameters<Claims['settle']>[0][number], boolean | 'unledgered'>(
          done,
          (some) => claims.settle(some),
          true,
        ),
    },
    keep: async (kept) => {
      const real = kept.map(({ report, parcels }) => ({
        report,
        parcels: parcels.filter(({ token }) => token !== FORCED),
      }));
      const answers = await ledger.keep(real);
      return kept.map(({ parcels }, index) => {
        const may = new Map(real[index]!.parcels.map((parcel, n) => [parcel, answers[index]![n]!]));
        return parcels.map((parcel) => may.get(parcel) ?? true);
      });
    },
  };
}

async function others<T extends { readonly token: string }, R>(
  all: readonly T[],
  ask: (some: readonly T[]) => Promise<readonly R[]>,
  answer: R,
): Promise<readonly R[]> {
  const real = all.filter(({ token }) => token !== FORCED);
  const answers = real.length === 0 ? [] : await ask(real);
  const known = new Map(real.map((it, index) => [it, answers[index]!]));
  return all.map((it) => known.get(it) ?? answer);
}
