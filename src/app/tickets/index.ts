import { faultOf } from '../../core/model/errors.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { Posted } from '../../core/ports/alerting/desk.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Tickets } from '../../core/ports/tickets/tickets.ts';
import type { Built, Deps, TrackerPart } from '../../integrations/plugin.ts';
import { once } from '../../platform/late.ts';
import type { Configuration } from '../configure.ts';
import type { Intakes } from '../intakes/index.ts';
import type { BuiltSource } from './reading.ts';
import type { Whole, WholeDeps } from './whole.ts';

/** What the program does with tickets. */
export interface TicketParts extends Tickets {
  /** The tracker, to be looked at. */
  readonly built: Built<TrackerPart>;
  /** Reads what others did in the tracker, as long as the scope lasts. Never rejects. */
  read(scope: Scope): Promise<void>;
  /** What its tracker posts by itself; undefined: it does not. */
  readonly posts: TicketPosts | undefined;
  /** Has them read beside plain runs. */
  readonly listener: RunListener;
}

export interface TicketPosts {
  readonly path: string;
  /** `after`: what is done once it is answered; never rejects. */
  answer(posted: Posted, openScope: () => Scope & { close(): void }): Promise<Heard>;
}

type Heard = 'unsigned' | 'unread' | { readonly after?: () => Promise<void> };

type Wanted = Pick<Configuration, 'trackers' | 'settings' | 'parts' | 'intakes' | 'defaultSource'>;

/** Where issues come from. */
interface IssuesFrom {
  readonly intakes: Pick<Intakes, 'linkOf'> | undefined;
  readonly sources: readonly BuiltSource[];
  readonly filters: readonly Filter[];
}

/** Undefined: no tracker is set up, or there is no ledger. It is loaded when somebody first asks for a ticket. */
export function ticketsOf(
  wanted: Wanted,
  ledger: Pick<Ledger, 'tickets' | 'events'> | undefined,
  deps: Deps,
  around: IssuesFrom,
): TicketParts | undefined {
  const [tracker] = wanted.trackers;
  const store = ledger?.tickets;
  if (tracker?.configured === undefined || store === undefined) return undefined;
  const built = tracker.configured.create(deps, tracker.name);
  const { part } = built;
  const load = once(() => loadWhole(wanted, { deps, part, store, events: ledger?.events }, around));
  const read = (scope: Scope): Promise<void> => readIn(load, scope);
  return {
    built,
    project: part.project,
    teams: part.teams,
    ...ticketsBy(load),
    read,
    posts: part.hear && { path: `/tickets/${tracker.vendor}`, answer: answering(part.hear, load) },
    listener: {
      name: 'tickets',
      begun: async ({ kind }, scope) => {
        if (kind === 'plain') await read(scope);
      },
    },
  };
}

type Load = () => Promise<Whole>;

async function loadWhole(
  { settings, parts, intakes, defaultSource }: Wanted,
  given: Pick<WholeDeps, 'deps' | 'part' | 'store' | 'events'>,
  { intakes: made, sources, filters }: IssuesFrom,
): Promise<Whole> {
  const { createWhole } = await import('./whole.ts');
  const { readingOf } = await import('./reading.ts');
  const told = parts.flatMap(({ section, texts }) => (section === 'channels' && texts['jira']) || []);
  return createWhole({
    ...given,
    linkOf: made?.linkOf,
    reading: readingOf(sources, filters, defaultSource),
    tracker: await given.part.load(),
    base: settings?.publicUrl,
    projects: [given.part.project, ...told],
    names: intakes.map(({ name }) => name),
  });
}

async function readIn(load: Load, scope: Scope): Promise<void> {
  try {
    await (await load()).read(scope);
  } catch (error) {
    scope.log.warn({ what: 'tickets', error: faultOf(error).message }, 'tickets are not read');
  }
}

function ticketsBy(load: Load): Omit<Tickets, 'project' | 'teams'> {
  let told: (line: string) => void = () => undefined;
  return {
    onRefusal: (tell) => void (told = tell),
    async file(order, scope) {
      const outcome = await (await load()).tickets.file(order, scope);
      // Of a rule's it is the channel's fate that is told.
      if (outcome.status === 'refused' && order.from !== 'rule')
        told(`No ticket for ${order.issue.project}/${order.issue.id}, which ${order.by} asked for: ${outcome.say}`);
      return outcome;
    },
    of: async (...given) => (await load()).tickets.of(...given),
    touched: async (...given) => (await load()).tickets.touched(...given),
    hits: async (...given) => (await load()).tickets.hits(...given),
    sourceHits: async (...given) => (await load()).tickets.sourceHits(...given),
    search: async (...given) => (await load()).tickets.search(...given),
  };
}

function answering(hear: NonNullable<TrackerPart['hear']>, load: Load): TicketPosts['answer'] {
  return async (posted, openScope) => {
    const heard = await hear(posted);
    if (heard === 'unsigned' || heard === 'unread') return heard;
    if (heard === null) return {};
    return {
      after: async () => {
        const scope = openScope();
        try {
          await (await load()).heard(heard, scope);
        } catch (error) {
          scope.log.warn({ what: heard.id, error: faultOf(error).message }, 'tickets are not read');
        } finally {
          scope.close();
        }
      },
    };
  };
}
