import type { AlertStore, AlertTransaction, FilterHead } from '../ports/alerting/alert-store.ts';

/** A store that decides as the real one would, and keeps nothing. For debug runs. */
export function debugStore(real: AlertStore): AlertStore {
  return { look: real.look, transaction: (act) => real.look((trx) => act({ ...trx, ...keepingNothing(trx) })) };
}

type Writing = Pick<AlertTransaction, 'lock' | 'keepFacts' | 'write'>;

/** Nobody is kept from deciding: what is known of a filter is what its newest state says. */
function keepingNothing({ statesBefore }: AlertTransaction): Writing {
  return {
    async lock(filters) {
      const states = await statesBefore(filters.map((filter) => ({ filter, at: Number.MAX_SAFE_INTEGER })));
      return new Map(
        [...states].map(([filter, { window }]): [string, FilterHead] => [
          filter,
          { newest: window, print: '', loadedAt: 0 },
        ]),
      );
    },
    keepFacts: async () => undefined,
    write: async () => undefined,
  };
}
