import type { InUse } from '../../alerts/outbox/relay.ts';
import { faultOf } from '../../model/errors.ts';
import { meantBy } from '../../model/alerting/recipients.ts';
import { DAY_MS, HOUR_MS } from '../../model/window.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import type { Log, Scope } from '../../ports/scope.ts';
import { hourlyRooms, MOST_AN_HOUR } from './hourly-room.ts';
import { ownMessage, ownPrefix } from './own-message.ts';

export interface AdminDeps {
  /** Name of the channel for our own failures; undefined: nobody is told. */
  readonly channel: string | undefined;
  readonly outbox: Pick<Outbox, 'now' | 'post' | 'messages'>;
  channels(): ReadonlyMap<string, InUse>;
  openScope(): Scope & { close(): void };
  now(): number;
  /** What it is told waits for a message that says all of a week. */
  readonly isCollected: boolean;
  readonly server: string;
  readonly log: Log;
}

/** Who is told of our own failures. Never rejects, and never speaks of itself. */
export interface Admin {
  readonly channel: string | undefined;
  /**
   * Once a kind and hour, whatever server says it; and of one server twenty in an hour at most. False: the outbox
   * did not take it. `details`: lines that follow.
   */
  tell(kind: string, line: string, details?: readonly string[]): Promise<boolean>;
  /** Once a kind and 24 hours, whatever server says it; `others`: channels that hear it besides the admin's. */
  tellDaily(kind: string, line: string, others?: readonly string[]): Promise<void>;
  /** From this process, without the ledger: once a kind and hour. */
  tellDirectly(kind: string, line: string): Promise<void>;
}

export function createAdmin(deps: AdminDeps): Admin {
  const { channel, log } = deps;
  const news = newsOfTheHour(deps);
  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      log.error({ channel, error: faultOf(error).message }, 'the admin was not told');
      return false;
    }
  };
  const hasRoom = roomFor(deps);
  const daily = createDaily(deps, hasRoom);
  return {
    channel,
    tell: async (kind, line, details = []) => {
      if (!news.take(kind)) return true;
      const isTold = await attempt(async () => {
        if (await hasRoom(channel!, line)) await post(kind, line, details, deps);
      });
      if (!isTold) news.giveBack(kind);
      return isTold;
    },
    tellDaily: async (kind, line, others = []) => {
      const theirs = new Set(others.flatMap((name) => recipientsOf(name, deps)));
      const own = channel === undefined ? [] : recipientsOf(channel, deps);
      for (const name of new Set([...own, ...theirs])) {
        const at = theirs.has(name) ? undefined : nextAt(deps);
        await attempt(() => daily.tell(`${kind}/${name}`, name, line, at));
      }
    },
    tellDirectly: async (kind, line) => {
      if (news.take(`direct ${kind}`)) await attempt(() => send(kind, line, deps));
    },
  };
}

/** Whether a kind was not told in this hour yet, by this process; what could not be told is given back. */
function newsOfTheHour({ channel, now }: Pick<AdminDeps, 'channel' | 'now'>): {
  take(kind: string): boolean;
  giveBack(kind: string): void;
} {
  /** By kind, the hour in which it was told last. */
  const told = new Map<string, number>();
  return {
    take(kind) {
      const hour = Math.floor(now() / HOUR_MS);
      if (channel === undefined || told.get(kind) === hour) return false;
      for (const [known, at] of told) if (at !== hour) told.delete(known);
      told.set(kind, hour);
      return true;
    },
    giveBack: (kind) => void told.delete(kind),
  };
}

/** Whether one more message may go to a channel in this hour; what may not stands in the log. */
type HasRoom = (channel: string, line: string) => Promise<boolean>;

function roomFor({ outbox, isCollected, log, server, now }: AdminDeps): HasRoom {
  const rooms = hourlyRooms(now);
  return async (channel, line) => {
    const left = isCollected ? 'told' : rooms(channel, line);
    if (left === 'told') return true;
    if (left === 'known') return false;
    log.warn({ channel, line }, 'the admin hears no more in this hour');
    if (left === 'none') return false;
    const more = `There is more than ${MOST_AN_HOUR} messages in an hour can say: look at the log of ${server}.`;
    const at = await outbox.now();
    await outbox.post(channel, ownMessage(`more/${server}/${channel}`, more, { now: at, server }), at);
    return false;
  };
}

async function post(kind: string, line: string, details: readonly string[], deps: AdminDeps): Promise<void> {
  const now = await deps.outbox.now();
  for (const name of recipientsOf(deps.channel!, deps))
    await deps.outbox.post(
      name,
      ownMessage(kindFor(name, kind, deps), line, { ...deps, now, details }),
      now,
      nextAt(deps),
    );
}

/** Undefined: at once. */
function nextAt({ isCollected }: Pick<AdminDeps, 'isCollected'>): number | undefined {
  return isCollected ? Infinity : undefined;
}

/** Says of each kind once in 24 hours what the outbox shows that nobody has said. */
function createDaily(
  { outbox, server }: AdminDeps,
  hasRoom: HasRoom,
): { tell(kind: string, channel: string, line: string, nextAt?: number): Promise<void> } {
  /** By kind, when it was told last, epoch ms. */
  const told = new Map<string, number>();
  const toldAt = async (kind: string, now: number): Promise<number | undefined> => {
    const all = await outbox.messages({ from: now - DAY_MS + 1, to: now + 1 });
    return all.findLast(({ message }) => message.id.startsWith(ownPrefix(kind)))?.createdAt;
  };
  return {
    async tell(kind, channel, line, nextAt) {
      const now = await outbox.now();
      for (const [known, at] of told) if (at <= now - DAY_MS) told.delete(known);
      if (told.has(kind)) return;
      const before = await toldAt(kind, now);
      if (before === undefined && !(await hasRoom(channel, line))) return;
      if (before === undefined) await outbox.post(channel, ownMessage(kind, line, { now, server }), now, nextAt);
      told.set(kind, before ?? now);
    },
  };
}

/** All of what is set up under a name; a name that nothing has stays as it is: another server may know it. */
function recipientsOf(name: string, { channels }: AdminDeps): readonly string[] {
  const all = meantBy(name, channels().keys());
  return all.length === 0 ? [name] : all;
}

/** NOTE: the outbox takes an id once, so each of several recipients has its own. */
function kindFor(name: string, kind: string, { channel }: AdminDeps): string {
  return name === channel ? kind : `${kind}/${name}`;
}

async function send(kind: string, line: string, deps: AdminDeps): Promise<void> {
  const { channels, openScope, now } = deps;
  const message = ownMessage(kind, line, { ...deps, now: now() });
  const scope = openScope();
  try {
    for (const name of recipientsOf(deps.channel!, deps)) {
      const channel = channels().get(name)?.channel;
      await channel?.ready?.();
      const outcome = await channel?.send(channel.fit(message, 'rich'), message, scope);
      if (outcome !== undefined && outcome.status !== 'accepted')
        scope.log.error({ channel: name, ...outcome }, 'the admin was not told');
    }
  } finally {
    scope.close();
  }
}
