import { alertText, firingAlert, acknowledge } from '../../../core/telling/acts/acknowledge.ts';
import type { ActDeps, Done } from '../../../core/telling/acts/done.ts';
import { messageOf, sendAgain } from '../../../core/telling/acts/send-again.ts';
import { headOf } from '../../../core/alerts/words/head.ts';
import { cleanText, shortText } from '../../../core/alerts/words/clean-text.ts';
import { BadWords } from '../../../core/telling/asked/words.ts';
import { hideBy, muteBy, type MuteDeps, saidOfMute, unmuteBy } from '../../../core/telling/mutes/mute-by.ts';
import { fileTicket, saidOf } from '../../../core/telling/acts/file-ticket.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';
import type { PageActs, WantedTicket } from '../../../server/pages/act/acts.ts';
import type { KeptDeps } from '../deps.ts';
import { muteDeps } from '../mute-deps.ts';
import { issueTitles } from './issue-titles.ts';

/** What people do from the pages; all of it by the ledger's clock, and kept with who did it. */
export function pageActs(deps: KeptDeps): PageActs {
  const { alerts, outbox, inForce, uuid, server } = deps;
  const actDeps = async (): Promise<ActDeps> => {
    const now = await outbox.now();
    return { outbox, uuid, now: () => now };
  };
  const mutingDeps = async (by: string): Promise<MuteDeps> =>
    muteDeps({ outbox, inForce: inForce(), by, now: await outbox.now(), uuid, server });
  return {
    mute: async (words, by) => understood(async () => ({ target: (await muteBy(words, await mutingDeps(by))).id })),
    unmute: async (id, by) =>
      understood(async () => {
        await unmuteBy({ id }, await mutingDeps(by));
        return { target: id };
      }),
    hide: async (hiding, by) => understood(async () => ({ target: (await hideBy(hiding, await mutingDeps(by))).id })),
    ticket: deps.tickets && (async (wanted, by) => ticketBy(wanted, by, deps.tickets!, deps)),
    acknowledge: async (alertId, by) => acknowledge({ alertId, by }, { ...(await actDeps()), alerts }),
    sendAgain: async (messageId, by) => sendAgain({ messageId, by }, await actDeps()),
    about: (what, id) => aboutOf(what, id, deps),
  };
}

async function aboutOf(what: Parameters<PageActs['about']>[0], id: string, deps: KeptDeps): Promise<string | null> {
  const { alerts, outbox } = deps;
  switch (what) {
    case 'alert': {
      const alert = await firingAlert(id, alerts);
      return alert === undefined ? null : alertText(alert);
    }
    case 'message': {
      const kept = await messageOf(id, { outbox });
      return kept === undefined ? null : `${headOf(kept.message)}, by ${kept.channel}`;
    }
    case 'watch':
      return null;
    case 'issue':
      return issueText(id, deps);
    case 'mute': {
      const mute = (await outbox.mutes()).find((it) => it.id === id);
      return mute === undefined ? null : saidOfMute(mute);
    }
  }
}

/** By who asks; what the tracker has against it is what he is told. */
async function ticketBy(
  { issue: id, ticket, team, project }: WantedTicket,
  by: string,
  tickets: Tickets,
  deps: KeptDeps,
): Promise<Done> {
  const { outbox, uuid, openScope } = deps;
  if (team !== null && !tickets.teams.includes(team)) return { fault: `No team of tickets is named ${team}.` };
  const title = await titleOf(id, deps);
  const about = title === null ? {} : { about: { title } };
  const order = { issue: { project, id }, project: null, team, ticket, by, from: 'page', ...about } as const;
  const now = await outbox.now();
  const scope = openScope();
  try {
    const outcome = await fileTicket(order, { tickets, outbox, now: () => now, actionId: uuid() }, scope);
    return 'ticket' in outcome ? { target: outcome.ticket.key } : { fault: `${saidOf(outcome)}.` };
  } finally {
    scope.close();
  }
}

/** Any other issue than those that were decided or stored is named by its id. */
async function issueText(id: string, deps: KeptDeps): Promise<string> {
  const title = await titleOf(id, deps);
  return title === null ? `issue ${id}` : `${shortText(cleanText(title), 120)} (issue ${id})`;
}

async function titleOf(id: string, { alerts, inForce, ledger: { events } }: KeptDeps): Promise<string | null> {
  return (await issueTitles([id], { alerts, filters: inForce().filters, events })).get(id) ?? null;
}

async function understood(act: () => Promise<Done>): Promise<Done> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof BadWords) return { fault: `${error.message}.` };
    throw error;
  }
}
