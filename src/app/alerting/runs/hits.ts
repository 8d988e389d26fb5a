import type { RelayParts } from '../../../core/alerts/outbox/sending/relay-parts.ts';
import { faultOf } from '../../../core/model/errors.ts';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import type { Hits } from '../../../core/model/ticketing/content.ts';
import type { TicketIssue } from '../../../core/model/ticketing/ticket.ts';
import type { Log, Scope } from '../../../core/ports/scope.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';

/** Events that a message lists, of all its issues together. */
const MOST = 40;
/** Sources are asked for so long for one message, ms: it waits for them. */
const MOST_MS = 10_000;

interface HitsDeps {
  readonly tickets?: Pick<Tickets, 'hits' | 'sourceHits'> | undefined;
  openScope(): Scope & { close(): void };
  now(): number;
  readonly log: Log;
}

/** Out of the event store, else of the issue's source. Whoever is told is told without, when they cannot be had. */
export function hitsIn({ tickets, log, ...asking }: HitsDeps): RelayParts['hits'] {
  if (tickets === undefined) return undefined;
  return async (alerts) => {
    const found = new Map<string, Hits>();
    const each = Math.floor(MOST / alerts.length);
    try {
      for (const { id, subject } of alerts) {
        const hits = await tickets.hits(issueOf(subject), each);
        if (hits.listed.length > 0) found.set(id, hits);
      }
      const others = alerts.filter(({ id }) => !found.has(id));
      for (const [id, hits] of await fromSources(others, each, { tickets, ...asking })) found.set(id, hits);
    } catch (error) {
      log.warn({ error: faultOf(error).message }, 'told without events');
    }
    return found;
  };
}

function issueOf({ project = '', id }: Alert['subject']): TicketIssue {
  return { project, id };
}

/** A request or two an issue; when those of one cannot be had, no more of its project are asked for. */
async function fromSources(
  alerts: readonly Alert[],
  each: number,
  { tickets, openScope, now }: Pick<HitsDeps, 'openScope' | 'now'> & { readonly tickets: Pick<Tickets, 'sourceHits'> },
): Promise<ReadonlyMap<string, Hits>> {
  const found = new Map<string, Hits>();
  if (alerts.length === 0) return found;
  const opened = openScope();
  const scope = { ...opened, deadline: Math.min(opened.deadline, now() + MOST_MS) };
  const lacks = new Map<string, Hits>();
  try {
    for (const { id, subject } of alerts) {
      const issue = issueOf(subject);
      const hits = lacks.get(issue.project) ?? (await tickets.sourceHits(issue, each, scope));
      if (hits !== null) found.set(id, hits);
      if (hits?.lack !== undefined) lacks.set(issue.project, hits);
    }
  } finally {
    opened.close();
  }
  return found;
}
