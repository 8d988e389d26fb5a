import type { InUse } from '../../alerts/outbox/relay.ts';
import { faultOf } from '../../model/errors.ts';
import { HOUR_MS } from '../../model/window.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import type { Log, Scope } from '../../ports/scope.ts';
import { ownMessage } from './own-message.ts';

export interface AdminDeps {
  /** Name of the channel for our own failures; undefined: nobody is told. */
  readonly channel: string | undefined;
  readonly outbox: Pick<Outbox, 'post'>;
  channels(): ReadonlyMap<string, InUse>;
  openScope(): Scope & { close(): void };
  now(): number;
  readonly server: string;
  readonly log: Log;
}

/** Who is told of our own failures. Never rejects, and never speaks of itself. */
export interface Admin {
  readonly channel: string | undefined;
  /** Once a kind and hour, whatever server says it. */
  tell(kind: string, line: string): Promise<void>;
  /** From this process, without the ledger: once a kind and hour. */
  tellDirectly(kind: string, line: string): Promise<void>;
}

export function createAdmin(deps: AdminDeps): Admin {
  const { channel, outbox, now, log } = deps;
  /** By kind, the hour in which it was told last. */
  const told = new Map<string, number>();
  const isNews = (kind: string): boolean => {
    const hour = Math.floor(now() / HOUR_MS);
    if (channel === undefined || told.get(kind) === hour) return false;
    for (const [known, at] of told) if (at !== hour) told.delete(known);
    told.set(kind, hour);
    return true;
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      log.error({ channel, error: faultOf(error).message }, 'the admin was not told');
    }
  };
  return {
    channel,
    tell: async (kind, line) => {
      if (!isNews(kind)) return;
      await attempt(() => outbox.post(channel!, ownMessage(kind, line, { ...deps, now: now() }), now()));
    },
    tellDirectly: async (kind, line) => {
      if (isNews(`direct ${kind}`)) await attempt(() => send(kind, line, deps));
    },
  };
}

async function send(
  kind: string,
  line: string,
  { channel, channels, openScope, now, ...deps }: AdminDeps,
): Promise<void> {
  const inUse = channels().get(channel!);
  if (inUse === undefined) return;
  const message = ownMessage(kind, line, { ...deps, now: now() });
  const scope = openScope();
  try {
    const outcome = await inUse.channel.send(inUse.channel.fit(message, 'rich'), message, scope);
    if (outcome.status !== 'accepted') scope.log.error({ channel, ...outcome }, 'the admin was not told');
  } finally {
    scope.close();
  }
}
