import { createHash } from 'node:crypto';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { Tickets } from '../../core/ports/tickets/tickets.ts';
import type { Deps } from '../../integrations/plugin.ts';
import { once } from '../../platform/late.ts';
import type { Configuration } from '../configure.ts';

/** What the program does with tickets. */
export type TicketParts = Tickets;

/** Undefined: no tracker is set up, or there is no ledger. Nothing of it is loaded before somebody asks for a ticket. */
export function ticketsOf(
  { trackers, settings }: Pick<Configuration, 'trackers' | 'settings'>,
  ledger: Pick<Ledger, 'tickets' | 'events'> | undefined,
  deps: Deps,
): TicketParts | undefined {
  const [wanted] = trackers;
  const store = ledger?.tickets;
  if (wanted?.configured === undefined || store === undefined) return undefined;
  const { part } = wanted.configured.create(deps, wanted.name);
  const base = settings?.publicUrl?.replace(/\/+$/, '');
  const load = once(async () => {
    const [{ createTickets }, { contentsOf }, tracker] = await Promise.all([
      import('../../core/tickets/create-tickets.ts'),
      import('./contents.ts'),
      part.load(),
    ]);
    const contentOf = contentsOf(ledger?.events, store, base);
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    return createTickets({ ...deps, ...part, store, tracker, contentOf, hash });
  });
  return {
    project: part.project,
    teams: part.teams,
    file: async (...given) => (await load()).file(...given),
    of: async (...given) => (await load()).of(...given),
    search: async (...given) => (await load()).search(...given),
  };
}
