import { faultOf } from '../../model/errors.ts';
import type { Deploy } from '../../model/alerting/deploy.ts';
import type { Mute } from '../../model/alerting/rule.ts';
import type { Formed, KeptMessage, OpenChannel } from '../../ports/alerting/outbox.ts';
import type { Scope } from '../../ports/scope.ts';
import { waitsIn } from './forming/after.ts';
import type { Around } from './forming/around.ts';
import { formMessages } from './forming/form-messages.ts';
import { type Held, underLease } from './sending/lease.ts';
import type { ChannelTrouble, ChannelWork, InUse, RelayParts } from './sending/relay-parts.ts';
import { giveUpAll } from './sending/strange-channel.ts';
import { withAll } from './sending/with-all.ts';
import { type ToSend, type WorkedOff, workOff } from './sending/work-off.ts';
import { workText } from './sending/work-text.ts';

export type { ChannelTrouble, ChannelWork, InUse, RelayParts } from './sending/relay-parts.ts';

/** Brings what is told to its channels. */
export interface Relay {
  /**
   * One pass over the channels that have something to do, side by side. Ends at the scope's deadline; what did not fit
   * stays pending and is counted. Rejects only when the outbox cannot say which channels those are.
   */
  work(scope: Scope): Promise<readonly ChannelWork[]>;
}

export function createRelay(parts: RelayParts): Relay {
  return {
    async work(scope) {
      const now = await parts.outbox.now();
      const own = parts.now();
      const sure = parts.sure({ own, shared: now }, scope.meter);
      const [names, mutes, deploys, restored] = await Promise.all([
        parts.outbox.due(now),
        parts.mutes({ now, sure }),
        parts.deploys?.(now) ?? [],
        parts.restored?.() ?? null,
      ]);
      // Of a short time a part is kept for what is under way.
      const leftMs = scope.deadline - own;
      const until = now + leftMs - Math.min(MARGIN_MS, leftMs / 4);
      const pass = {
        parts: { ...parts, now: () => parts.now() - own + now },
        scope,
        until,
        mutes,
        deploys,
        restored,
        sure,
      };
      const workOnAll = (some: readonly string[]) => Promise.all(some.toSorted().map((name) => workOn(name, pass)));
      const done = await workOnAll(names);
      const channels = parts.channels();
      const others = new Set(names.flatMap((name) => channels.get(name)?.channel.also?.channels ?? []));
      for (const name of (await parts.heard?.(done)) ?? []) others.add(name);
      if (others.size === 0) return done;
      const due = await parts.outbox.due(pass.parts.now());
      const next = await workOnAll(due.filter((name) => others.has(name)));
      await parts.heard?.(next);
      return [...done, ...next];
    },
  };
}

/** No post is begun so shortly before the end, ms. */
const MARGIN_MS = 5_000;

/** NOTE: all its instants are the outbox's: clocks of servers differ. */
interface Pass {
  readonly parts: RelayParts;
  readonly scope: Scope;
  readonly until: number;
  readonly sure: number;
  readonly mutes: readonly Mute[];
  readonly deploys: readonly Deploy[];
  readonly restored: Around['restored'];
}

/** Never rejects: a channel's trouble is its own. */
async function workOn(name: string, pass: Pass): Promise<ChannelWork> {
  const nothing = { kind: 'outbox', name, left: 0, troubles: [] } as const;
  try {
    const inUse = pass.parts.channels().get(name);
    await inUse?.channel.ready?.();
    const work = await underLease(name, pass.parts, pass.scope, (held) =>
      inUse === undefined ? giveUpAll(name, held, pass) : workThrough(inUse, held, pass),
    );
    if (work === null) return { ...nothing, status: 'held', detail: 'another server has it' };
    return { ...nothing, ...work };
  } catch (error) {
    const { message } = faultOf(error);
    pass.scope.log.error({ channel: name, error: message }, 'channel not worked off');
    return { ...nothing, status: 'failed', detail: message };
  }
}

type Work = Omit<ChannelWork, 'kind' | 'name'>;

async function workThrough(inUse: InUse, held: Held, pass: Pass): Promise<Work> {
  const { parts, mutes, deploys, restored, sure } = pass;
  const { channel, policy } = inUse;
  const open = await parts.outbox.open(channel.name);
  const common = { channel, rules: parts.rules(), deploys, restored, server: parts.server, createId: parts.uuid };
  const waits = waitsIn({ ...common, ...open });
  const counts = waits.length === 0 ? undefined : await parts.counts?.(waits);
  const around = { ...common, counts, now: parts.now(), sure, keepsMs: parts.keepsMs };
  const made = formMessages(open, policy, mutes, around);
  const { calls, hits, tickets } = parts;
  const messages = await withAll(made.messages, open.tellings, { rules: common.rules, calls, hits, tickets });
  const formed = { ...made, messages };
  const isChanged = formed.messages.length + formed.tellings.length > 0;
  if (isChanged && !(await held.form(formed))) return lost({ done: [], left: 0, isLost: true });
  const done = await workOff({ ...inUse, ...applied(open, formed) }, held, pass);
  if (done.isLost) return lost(done);
  const work = workText(channel.name, done, parts.now());
  const old = outlivedIn(formed, channel.name);
  if (old === null) return work;
  parts.posted?.(channel.name, 'given_up');
  const detail = `${work.detail}; ${old.alerts} alerts given up: ${old.why}`;
  return { ...work, status: 'failed', detail, troubles: [...work.troubles, old] };
}

/** What waited for too long, as one trouble; null: nothing did. */
function outlivedIn({ tellings }: Formed, channel: string): ChannelTrouble | null {
  const old = tellings.filter(({ fate }) => fate === 'given up');
  const why = old[0]?.reason ?? '';
  return old.length === 0 ? null : { channel, fate: 'given up', messageId: '', alerts: old.length, why };
}

/** Its lease was over before its work was. */
function lost(done: WorkedOff): Work {
  return { status: 'held', detail: 'another server has taken it over', left: done.left, troubles: [] };
}

/** What is open after forming: what was there before comes first. */
function applied(open: OpenChannel, formed: Formed): Omit<ToSend, keyof InUse> {
  const gone = new Set(formed.messages.map(({ message }) => message.id));
  const changes = new Map(formed.tellings.map((change) => [change.key, change]));
  return {
    messages: [
      ...inOrder(open).filter(({ message }) => !gone.has(message.id)),
      ...formed.messages.filter(({ fate }) => fate !== 'grouped'),
    ],
    tellings: open.tellings.map((telling) => ({ ...telling, ...changes.get(telling.key) })),
    askedUntil: open.askedUntil,
  };
}

/** The oldest first; of one instant what was decided first, because that is the order of news about a subject. */
function inOrder({ messages, tellings }: OpenChannel): readonly KeptMessage[] {
  const places = new Map<string | null, number>();
  for (const [place, { messageId }] of tellings.entries()) if (!places.has(messageId)) places.set(messageId, place);
  const placeOf = ({ message }: KeptMessage): number => places.get(message.id) ?? 0;
  return messages.toSorted((one, other) => one.createdAt - other.createdAt || placeOf(one) - placeOf(other));
}
