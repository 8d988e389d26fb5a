import { minuteText } from '../../alerts/words/times.ts';
import type { Message } from '../../model/alerting/message.ts';
import { isoOf } from '../../model/window.ts';
import type { KeptMessage, Outbox } from '../../ports/alerting/outbox.ts';
import { morningBefore } from '../own/morning.ts';
import { ownMessage } from '../own/own-message.ts';
import type { Chore } from './chore.ts';

export interface CollectDeps {
  readonly outbox: Pick<Outbox, 'now' | 'listed' | 'lease' | 'release' | 'form'>;
  /** False: what waits from an earlier start is told at once. */
  readonly isWeekly: boolean;
  readonly leaseMs: number;
  readonly server: string;
}

/** So many messages are read at a time. */
const PAGE = 500;

/**
 * Makes one message of all that the admin's channel was not told one by one, each Monday at eight in the morning, UTC.
 * Whatever server is first does it; what comes too late for one goes with the next.
 */
export function collectLines(deps: CollectDeps): Chore {
  const { outbox, isWeekly } = deps;
  let seen: number | null = null;
  return {
    name: 'collected lines',
    async work() {
      const now = await outbox.now();
      const until = isWeekly ? morningBefore('weekly', now) : now;
      if (seen !== null && (until <= seen || !isWeekly)) return;
      const waiting = await waitingIn(deps, until);
      const all = [...Map.groupBy(waiting, ({ channel }) => channel).keys()];
      let isDone = true;
      for (const channel of all) if (!(await collect(channel, { until, now }, deps))) isDone = false;
      if (isDone) seen = until;
    },
  };
}

/** Those made before that instant, the oldest first. */
async function waitingIn(
  { outbox }: Pick<CollectDeps, 'outbox'>,
  until: number,
  channel?: string,
): Promise<readonly KeptMessage[]> {
  const found: KeptMessage[] = [];
  let before: { readonly createdAt: number; readonly id: string } | undefined;
  for (;;) {
    const some = await outbox.listed({ channel, fates: ['pending'], before, limit: PAGE });
    found.push(...some.filter(({ nextAt, createdAt }) => nextAt === Infinity && createdAt < until));
    const last = some.at(-1);
    if (some.length < PAGE || last === undefined) return found.toReversed();
    before = { createdAt: last.createdAt, id: last.message.id };
  }
}

/** False: another server has the channel. */
async function collect(
  channel: string,
  { until, now }: { readonly until: number; readonly now: number },
  deps: CollectDeps,
): Promise<boolean> {
  const { outbox, leaseMs } = deps;
  const token = await outbox.lease(channel, leaseMs);
  if (token === null) return false;
  try {
    // NOTE: only now nobody else collects: what was read before may have gone.
    const waiting = await waitingIn(deps, until, channel);
    const message = messageOf(channel, waiting, { ...deps, until, now });
    const [known] = await outbox.listed({ id: message.id, limit: 1 });
    const [first] = waiting;
    if (known !== undefined || first === undefined) return true;
    const messages: readonly KeptMessage[] = [
      ...waiting.map((kept): KeptMessage => ({ ...kept, fate: 'grouped' })),
      { ...first, message, createdAt: now, nextAt: now },
    ];
    return await outbox.form(channel, token, { messages, tellings: [] });
  } finally {
    await outbox.release(channel, token);
  }
}

function messageOf(
  channel: string,
  waiting: readonly KeptMessage[],
  { until, now, server }: { readonly until: number; readonly now: number; readonly server: string },
): Message {
  const same = Map.groupBy(waiting, ({ message }) => JSON.stringify(message.lines));
  const count = waiting.length === 1 ? 'One message' : `${waiting.length} messages`;
  const head = `${count} of sentry-monitor about itself, up to ${minuteText(until)}`;
  const message = ownMessage(`collected/${channel}`, head, {
    now: until,
    server,
    details: [...same.values()].flatMap(linesOf),
  });
  return { ...message, sentAt: isoOf(now) };
}

/** Of messages that say the same: when the first of them was made, and how many followed. */
function linesOf(same: readonly KeptMessage[]): readonly string[] {
  const [first, last] = [same[0]!, same.at(-1)!].map(({ createdAt }) => minuteText(createdAt));
  const more = same.length === 1 ? '' : `, and ${same.length - 1} more until ${last!}`;
  return same[0]!.message.lines.map((line, index) => (index === 0 ? `${first!}${more}: ${line}` : line));
}
