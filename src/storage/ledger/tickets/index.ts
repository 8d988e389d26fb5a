import type { TicketStore } from '../../../core/ports/tickets/ticket-store.ts';
import { clockOf } from '../../database/clock-of.ts';
import type { Database } from '../../database/database.ts';
import { hitsOf } from './hits.ts';
import { forget, keepKnown, readUntil, search, withOpening } from './known.ts';
import { issuesWith, keepTexts, link, linked } from './links.ts';
import { keep, take, unsettled } from './rows.ts';

export function sqlTickets(database: Database, uuid: () => string): TicketStore {
  return {
    now: async () => clockOf(await database.ready()),
    take: async (at, leaseMs) => take(await database.ready(), at, { token: uuid(), leaseMs }),
    keep: async (at, token, state, leaseMs) => keep(await database.ready(), at, { token, state, leaseMs }),
    unsettled: async (limit) => unsettled(await database.ready(), limit),
    hits: async (issue, limit) => hitsOf(await database.ready(), issue, limit),
    readUntil: async (project) => readUntil(await database.ready(), project),
    keepKnown: async (read) => keepKnown(await database.ready(), read),
    forget: async (ticketId) => forget(await database.ready(), ticketId),
    link: async (links) => link(await database.ready(), links),
    linked: async (issues) => (issues.length === 0 ? new Map() : linked(await database.ready(), issues)),
    withOpening: async (openings) => (openings.length === 0 ? [] : withOpening(await database.ready(), openings)),
    issuesWith: async (labels, openings) => issuesWith(await database.ready(), labels, openings),
    keepTexts: async (texts) => keepTexts(await database.ready(), texts),
    search: async (text, limit) => search(await database.ready(), text, limit),
  };
}
