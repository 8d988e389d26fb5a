import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import type { TicketOutcome } from '../../../core/model/ticketing/order.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { type Asked, askedBy, orderOf } from './asked.ts';

export interface Settings {
  readonly project: string;
}

/** Files a ticket for what a message tells; what tells only that something is over needs none. */
export function createJiraChannel({ project }: Settings, { tickets }: Deps, service: string): ChannelActs {
  return {
    fit(message) {
      const asked = askedBy(message);
      return { body: { project, ...asked } as unknown as JsonObject, leftOut: asked.more };
    },
    async send({ body }, _message, scope) {
      const asked = body as unknown as Asked;
      const { issue } = asked;
      if (issue === null) return { status: 'accepted' };
      if (tickets === undefined)
        return { status: 'refused', why: `${service}: there is no tickets: jira, which says where tickets are made` };
      return outcomeOf(await tickets.file(orderOf({ ...asked, issue }, project, service), scope));
    },
  };
}

function outcomeOf(outcome: TicketOutcome): SendOutcome {
  switch (outcome.status) {
    case 'created':
    case 'reopened':
    case 'commented':
    case 'exists':
      return { status: 'accepted', ref: outcome.ticket.key };
    case 'being made':
      return { status: 'retry', why: outcome.say };
    case 'later':
      return {
        status: 'retry',
        why: outcome.say,
        ...(outcome.afterMs === undefined ? {} : { afterMs: outcome.afterMs }),
      };
    case 'uncertain':
      return { status: 'uncertain', why: outcome.say };
    case 'refused':
      return { status: 'refused', why: outcome.say };
  }
}
