import type { TicketOutcome } from '../../model/ticketing/order.ts';
import type { TicketRef } from '../../model/ticketing/ticket.ts';
import type { TrackerFault } from '../../ports/tickets/tracker.ts';

const DONE = {
  created: 'Created',
  reopened: 'Opened again, with a comment:',
  commented: 'Commented on',
  exists: 'There is',
} as const;

export function done(status: keyof typeof DONE, ticket: TicketRef, more = ''): TicketOutcome {
  return { status, ticket, say: `${DONE[status]} ${ticket.key}${more}` };
}

/** What a tracker did not do, as the one who asked is told. */
export function failed(fault: TrackerFault): TicketOutcome {
  switch (fault.status) {
    case 'refused':
      return { status: 'refused', say: fault.why, fields: fault.fields };
    case 'later':
      return {
        status: 'later',
        say: `${fault.why}; nothing was done`,
        ...(fault.afterMs === undefined ? {} : { afterMs: fault.afterMs }),
      };
    case 'uncertain':
      return { status: 'uncertain', say: `${fault.why}; whether it was done is looked up` };
  }
}

/** Of a question: whatever went wrong, nothing was done. */
export function unanswered(fault: TrackerFault): TicketOutcome {
  return failed(fault.status === 'uncertain' ? { status: 'later', why: fault.why } : fault);
}
