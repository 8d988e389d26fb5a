import { LedgerRefused, LedgerTrouble } from '../../core/model/errors.ts';
import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { Program } from '../assemble.ts';
import { StartError } from '../start-error.ts';
import type { World } from '../world.ts';
import { assembleToLook } from './assemble-to-look.ts';

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
  const program = assembleToLook(world);
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
    throw error instanceof LedgerRefused || error instanceof LedgerTrouble ? ledgerFault(error, program) : error;
  } finally {
    await program.ledger.close();
  }
}

/** What a person has to mend, or to wait for, before a command can be done. */
export function ledgerFault({ message }: Error, { redact }: Pick<Program, 'redact'>): StartError {
  // What was found as it was opened names the setting itself.
  return new StartError([redact(message.replace(/^(?!LEDGER_URL: )/, 'LEDGER_URL: '))]);
}

function troubleOf({ ledger, redact }: Program): string {
  return redact(
    `LEDGER_URL: the ledger cannot be reached${ledger.trouble?.() == null ? '' : `: ${ledger.trouble()!}`}`,
  );
}
