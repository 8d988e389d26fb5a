import { LedgerRefused, LedgerTrouble } from '../../core/model/errors.ts';
import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import { assemble, type Program } from '../assemble.ts';
import { StartError } from '../start-error.ts';
import type { World } from '../world.ts';

/** The program with the memory of its ledger. */
export interface WithLedger {
  readonly program: Program;
  readonly alerts: AlertStore;
  readonly outbox: Outbox;
}

/**
 * Opens the ledger of the service for a command and closes it. The program sends nothing by itself, needs no sink and
 * does not log. Throws a StartError with what is wrong with settings, filters or ledger; `what`: who needs one.
 */
export async function withLedger<T>(what: string, world: World, act: (opened: WithLedger) => Promise<T>): Promise<T> {
  const silent = { write: () => undefined };
  const program = assemble({ ...world, env: { ...world.env, DRY_RUN: 'true' }, out: silent });
  const { alerts, outbox, backlog } = program.ledger;
  if (backlog === undefined || alerts === undefined || outbox === undefined)
    throw new StartError([`LEDGER_URL: is not set, and ${what} needs the ledger of the service`]);
  try {
    await program.ledger.open();
    if ((await program.ledger.health()) !== 'ready') {
      // What cannot even be read says why itself.
      await outbox.mutes();
      throw new StartError([troubleOf(program)]);
    }
    return await act({ program, alerts, outbox });
  } catch (error) {
    if (error instanceof LedgerRefused || error instanceof LedgerTrouble)
      throw new StartError([program.redact(`LEDGER_URL: ${error.message}`)]);
    throw error;
  } finally {
    await program.ledger.close();
  }
}

function troubleOf({ ledger, redact }: Program): string {
  return redact(
    `LEDGER_URL: the ledger cannot be reached${ledger.trouble?.() == null ? '' : `: ${ledger.trouble()!}`}`,
  );
}
