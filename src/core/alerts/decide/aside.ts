import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { AlertStore, AlertTransaction, Decided } from '../../ports/alerting/alert-store.ts';

type Steps = Required<Pick<AlertStore, 'begin' | 'conclude' | 'look'>>;

/** So often a window is decided aside; then under the lock, so that it comes to an end. */
const TRIES = 2;

/**
 * Decides one window by a look, while others can write, and keeps it if nobody has decided the filter since. Null:
 * somebody had, each time.
 */
export async function decideAside<T>(
  { facts, alerts }: { readonly facts: WindowFacts; readonly alerts: Steps },
  decide: (trx: AlertTransaction) => Promise<T>,
): Promise<T | null> {
  const { filter } = facts;
  for (let left = TRIES; left > 0; left--) {
    const number = await alerts.begin(filter);
    const written: Decided[] = [];
    const result = await alerts.look((trx) =>
      decide({
        ...trx,
        lock: (filters) => trx.heads(filters),
        // NOTE: of one window nothing that is read holds what it says itself.
        keepFacts: async () => undefined,
        write: async (decided) => void written.push(decided),
      }),
    );
    const [decided] = written;
    if (decided === undefined || (await alerts.conclude({ filter, number, facts, decided }))) return result;
  }
  return null;
}
