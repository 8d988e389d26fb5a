import { type Link, LINKS, type LinkedTicket } from '../../../src/core/model/ticketing/ticket.ts';
import type { IssueText, KnownTicket, TicketState, TicketStore } from '../../../src/core/ports/tickets/ticket-store.ts';

interface Row {
  readonly at: Parameters<TicketStore['take']>[0];
  token: string;
  until: number;
  state: TicketState | null;
}

/** Tickets in maps: for tests of what is built on a ledger. It passes the same tests as the ledgers. */
export function memoryTickets(now: () => number): TicketStore {
  const rows = new Map<string, Row>();
  const known = new Map<string, KnownTicket>();
  const links = new Map<string, Map<string, Link>>();
  const texts = new Map<string, IssueText>();
  const readings = new Map<string, number>();
  let tokens = 0;
  const keyOf = ({ issue, project }: Row['at']): string => JSON.stringify([issue, project]);
  const plain = ({ project: _, words: _w, openings: _o, said: _s, ...ticket }: KnownTicket) => ticket;
  const linkedTo = (issue: string): readonly LinkedTicket[] =>
    [...(links.get(issue) ?? [])]
      .flatMap(([id, link]) => (known.has(id) ? { ...plain(known.get(id)!), link } : []))
      .sort((a, b) => LINKS.indexOf(a.link) - LINKS.indexOf(b.link) || b.updatedAt - a.updatedAt);
  return {
    now: async () => now(),
    async take(at, leaseMs) {
      const row = rows.get(keyOf(at)) ?? { at, token: '', until: -Infinity, state: null };
      if (row.until > now()) return null;
      row.token = String(++tokens);
      row.until = now() + leaseMs;
      rows.set(keyOf(at), row);
      return { token: row.token, state: row.state };
    },
    async keep(at, token, state, leaseMs) {
      const row = rows.get(keyOf(at));
      if (row?.token !== token || row.until === 0) return false;
      row.state = state;
      row.until = leaseMs === 0 ? 0 : now() + leaseMs;
      return true;
    },
    unsettled: async (limit) =>
      [...rows.values()]
        .filter(({ state }) => (state?.work ?? null) !== null)
        .slice(0, limit)
        .map(({ at }) => at),
    hits: async () => ({ hits: [], total: 0 }),
    readUntil: async (project) => readings.get(project) ?? null,
    async keepKnown({ project, tickets, until }) {
      for (const ticket of tickets) {
        if ((known.get(ticket.id)?.updatedAt ?? -1) > ticket.updatedAt) continue;
        known.set(ticket.id, ticket);
        for (const own of links.values()) if (own.get(ticket.id) !== 'filed') own.delete(ticket.id);
      }
      if (until !== null) readings.set(project, until);
    },
    async forget(id) {
      known.delete(id);
      for (const own of links.values()) own.delete(id);
    },
    async link(all) {
      for (const { issue, ticketId, link } of all) {
        const own = links.get(issue) ?? new Map<string, Link>();
        const before = own.get(ticketId) ?? 'similar';
        own.set(ticketId, LINKS.indexOf(link) < LINKS.indexOf(before) ? link : before);
        links.set(issue, own);
      }
    },
    linked: async (issues) =>
      new Map(issues.map((it) => [it, linkedTo(it)] as const).filter(([, all]) => all.length > 0)),
    withOpening: async (openings) =>
      [...known.values()]
        .filter((it) => it.openings.some((opening) => openings.includes(opening)))
        .map((it) => ({ ...it, openings: [] })),
    issuesWith: async (labels, openings) =>
      [...texts.values()].filter(({ label, opening }) => labels.includes(label) || openings.includes(opening)),
    async keepTexts(all) {
      for (const text of all) texts.set(text.issue, text);
    },
    search: async (text, limit) =>
      [...known.values()]
        .filter(({ said }) => said.includes(text.toLowerCase()))
        .slice(0, limit)
        .map(plain),
  };
}
