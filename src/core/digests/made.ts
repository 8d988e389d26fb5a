import type { DigestPlan } from '../model/alerting/digest-plan.ts';
import type { Message } from '../model/alerting/message.ts';
import type { Together } from '../schedules/slots.ts';
import { isLate } from './due.ts';
import { isEmpty, makeDigest, type MakeDeps } from './make.ts';
import { messageOf } from './message.ts';
import type { OwnDeps } from './own/deps.ts';
import { type IssueTickets, withTickets } from './with-tickets.ts';

export interface MadeDeps extends MakeDeps {
  /** By the clock that all servers share, epoch ms. */
  readonly now: number;
  readonly server: string;
  uuid(): string;
  /** Absent: there are none. */
  readonly tickets?: IssueTickets | undefined;
  /** Absent: the ledger keeps nothing of the service itself. */
  readonly own?: OwnDeps | undefined;
}

/** What a digest comes to, for each channel. */
export interface Made {
  /** There is nothing to tell. */
  readonly isSkipped: boolean;
  messageFor(channel: string): Message;
}

/** Reads all that a digest of windows, or the report of the service, says of a slot. */
export async function made(plan: DigestPlan, slot: Together, deps: MadeDeps): Promise<Made> {
  const { now, own } = deps;
  const of = { ...slot, late: isLate(slot, now), now };
  if (plan.report === true) {
    if (own === undefined) throw new Error('the ledger keeps nothing of the service itself');
    const { makeReport } = await import('./own/index.ts');
    return { isSkipped: false, messageFor: await makeReport(plan, of, { ...own, ...deps }) };
  }
  const digest = await withTickets(await makeDigest(plan, of, deps), deps.tickets);
  return { isSkipped: plan.skipEmpty && isEmpty(digest), messageFor: (channel) => messageOf(digest, channel, deps) };
}
