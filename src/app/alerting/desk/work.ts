import type { InForce } from '../../../config/reload/in-force.ts';
import { faultOf } from '../../../core/model/errors.ts';
import type { Choice, Desk, Looked, Pressed } from '../../../core/ports/alerting/desk.ts';
import { EVENTS } from '../../../core/ports/events/intake.ts';
import type { Outbox } from '../../../core/ports/alerting/outbox.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { Log, Scope } from '../../../core/ports/scope.ts';
import type { Tickets } from '../../../core/ports/tickets/tickets.ts';
import { lookFor } from '../../../core/telling/pressed/look-for.ts';
import { nameOf, press, type PressDeps, type PressOutcome } from '../../../core/telling/pressed/press.ts';
import { inUse, type MadeChannel } from '../channels-in-use.ts';
import { muteDeps } from '../mute-deps.ts';
import { ticketsIn } from '../runs/tickets.ts';

export interface DeskDeps extends Clock {
  readonly channels: readonly MadeChannel[];
  inForce(): InForce;
  readonly outbox: Outbox;
  readonly tickets: Tickets | undefined;
  readonly server: string;
  uuid(): string;
  readonly log: Log;
  openScope(limitMs: number): Scope & { close(): void };
}

/** What is done about what people do at messages. None rejects. */
export interface DeskWork {
  press(all: readonly Pressed[], desk: Desk): Promise<void>;
  look(looked: Looked): Promise<readonly Choice[]>;
}

/** For a tracker and for what is said of it, ms. */
const PRESS_MS = 60_000;
/** Whoever waits for a list waits three seconds, with the way. */
const LOOK_MS = 2_000;

export function createDeskWork(deps: DeskDeps): DeskWork {
  const pressDeps = pressDepsOf(deps);
  return {
    async press(all, desk) {
      for (const pressed of all) {
        const scope = deps.openScope(PRESS_MS);
        try {
          const outcome = await outcomeOf(pressed, pressDeps, scope);
          if (outcome.status === 'not done') await sayWhyNot(pressed, outcome, desk, scope);
          else await showDone(pressed, outcome, deps, scope);
        } catch (error) {
          deps.log.error({ error: faultOf(error).message }, 'what was pressed is not answered');
        } finally {
          scope.close();
        }
      }
    },
    async look(looked) {
      const scope = deps.openScope(LOOK_MS);
      try {
        const late = deps.sleep(LOOK_MS, scope.signal).then(
          () => [],
          () => [],
        );
        return await Promise.race([lookFor(looked, pressDeps, scope), late]);
      } catch (error) {
        deps.log.warn({ error: faultOf(error).message }, 'tickets cannot be looked for');
        return [];
      } finally {
        scope.close();
      }
    },
  };
}

function pressDepsOf(deps: DeskDeps): PressDeps {
  const { outbox, tickets, inForce, uuid, server } = deps;
  return {
    outbox,
    tickets,
    desk: async (name) => inUse(deps).get(name)?.channel.desk?.(),
    muting: async (by) => muteDeps({ outbox, inForce: inForce(), by, now: await outbox.now(), uuid, server }),
    isNeverResolved: (filter) => inForce().filters.find(({ name }) => name === filter)?.source === EVENTS,
    ticketsOf: ticketsIn(deps),
  };
}

/** A ledger that is away is a reason for the person as well. */
async function outcomeOf(pressed: Pressed, deps: PressDeps, scope: Scope): Promise<PressOutcome> {
  try {
    return await press(pressed, deps, scope);
  } catch (error) {
    scope.log.error({ error: faultOf(error).message }, 'what was pressed is not done');
    return { status: 'not done', say: 'Not done: the ledger cannot be reached. Try again in a minute.' };
  }
}

type Outcome<Status> = Extract<PressOutcome, { readonly status: Status }>;

/** To who pressed alone, at the desk where it came in. */
async function sayWhyNot(
  { at, who, act }: Pressed,
  { say }: Outcome<'not done'>,
  desk: Desk,
  scope: Scope,
): Promise<void> {
  scope.log.warn({ user: nameOf(who), act, why: say }, 'what was pressed is not done');
  noteFailed(await desk.whisper(at, who, say, scope), scope);
}

/** In the message itself, at the desk of the channel that brought it. */
async function showDone(
  { at, who, act }: Pressed,
  { say, message, channel: name }: Outcome<'done'>,
  deps: DeskDeps,
  scope: Scope,
): Promise<void> {
  scope.log.info({ user: nameOf(who), act, did: say, channel: name }, 'a person acted from a message');
  const channel = inUse(deps).get(name)?.channel;
  const desk = await channel?.desk?.();
  if (channel === undefined || desk === undefined) return;
  await channel.ready?.();
  noteFailed(await desk.change(at, channel.fit(message, 'rich'), scope), scope);
}

function noteFailed(sent: Awaited<ReturnType<Desk['change']>>, { log }: Scope): void {
  if (sent.status !== 'accepted') log.warn({ error: sent.why }, 'what came of a press could not be shown');
}
