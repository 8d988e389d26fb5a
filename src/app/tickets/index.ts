import { faultOf } from '../../core/model/errors.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Tickets } from '../../core/ports/tickets/tickets.ts';
import type { Deps } from '../../integrations/plugin.ts';
import { once } from '../../platform/late.ts';
import type { Configuration } from '../configure.ts';

/** What the program does with tickets. */
export interface TicketParts extends Tickets {
  /** Reads what others did in the tracker, as long as the scope lasts. Never rejects. */
  read(scope: Scope): Promise<void>;
  /** Has them read beside plain runs. */
  readonly listener: RunListener;
}

/** Undefined: no tracker is set up, or there is no ledger. Nothing of it is loaded before somebody asks for a ticket. */
export function ticketsOf(
  { trackers, settings, parts, intakes }: Pick<Configuration, 'trackers' | 'settings' | 'parts' | 'intakes'>,
  ledger: Pick<Ledger, 'tickets' | 'events'> | undefined,
  deps: Deps,
): TicketParts | undefined {
  const [wanted] = trackers;
  const store = ledger?.tickets;
  if (wanted?.configured === undefined || store === undefined) return undefined;
  const { part } = wanted.configured.create(deps, wanted.name);
  const base = settings?.publicUrl?.replace(/\/+$/, '');
  const load = once(async () => {
    const { createWhole } = await import('./whole.ts');
    const projects = [
      part.project,
      ...parts.flatMap(({ section, texts }) => (section === 'channels' && texts['jira']) || []),
    ];
    const names = intakes.map(({ name }) => name);
    return createWhole({
      deps,
      part,
      tracker: await part.load(),
      store,
      events: ledger?.events,
      base,
      projects,
      names,
    });
  });
  const read = async (scope: Scope): Promise<void> => {
    try {
      await (await load()).read(scope);
    } catch (error) {
      scope.log.warn({ what: 'tickets', error: faultOf(error).message }, 'tickets are not read');
    }
  };
  return {
    project: part.project,
    teams: part.teams,
    file: async (...given) => (await load()).tickets.file(...given),
    of: async (...given) => (await load()).tickets.of(...given),
    touched: async (...given) => (await load()).tickets.touched(...given),
    search: async (...given) => (await load()).tickets.search(...given),
    read,
    listener: {
      name: 'tickets',
      begun: async ({ kind }, scope) => {
        if (kind === 'plain') await read(scope);
      },
    },
  };
}
