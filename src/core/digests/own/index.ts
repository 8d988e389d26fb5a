import type { DigestPlan } from '../../model/alerting/digest-plan.ts';
import type { Message } from '../../model/alerting/message.ts';
import { isoOf } from '../../model/window.ts';
import { digestId } from '../message.ts';
import type { OwnDeps, OwnSlot } from './deps.ts';
import { makeOwn } from './make.ts';
import { ownLines } from './words.ts';

/** The report of the service over a slot, for each channel. */
export async function makeReport(
  plan: Pick<DigestPlan, 'name' | 'at'>,
  slot: OwnSlot,
  deps: OwnDeps & { readonly server: string },
): Promise<(channel: string) => Message> {
  const report = await makeOwn(plan, slot, deps);
  const lines = ownLines(report);
  return (channel) => ({
    id: digestId(report.name, report.slot.end, channel),
    type: 'digest',
    sentAt: isoOf(slot.now),
    alerts: [],
    lines,
    collects: null,
    mayRepeat: false,
    thread: null,
    server: deps.server,
    report,
  });
}
