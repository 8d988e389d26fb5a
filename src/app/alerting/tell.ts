import type { RelayParts } from '../../core/alerts/outbox/relay.ts';
import { createSureTime } from '../../core/alerts/outbox/sending/sure-time.ts';
import { meantBy } from '../../core/model/alerting/recipients.ts';
import { DAY_MS } from '../../core/model/window.ts';
import type { MessageWatch } from '../../core/ports/alerting/tally.ts';
import type { DebugMessengerDeps } from '../../core/telling/debug-messenger.ts';
import type { Admin } from '../../core/telling/own/admin.ts';
import { tellTroubles } from '../../core/telling/own/tell-troubles.ts';
import { type Chore, seeTo } from '../../core/telling/upkeep/chore.ts';
import { once } from '../../platform/late.ts';
import type { KeptDeps } from './deps.ts';
import { callsIn } from './runs/calls.ts';
import { countsIn } from './runs/counts.ts';
import { hitsIn } from './runs/hits.ts';
import { ticketsIn } from './runs/tickets.ts';
import { restoredIn } from './runs/restored.ts';
import { goneBy } from './runs/gone.ts';
import { inUse } from './channels-in-use.ts';
import { mutesIn, rulesIn } from './in-force.ts';
import type { Work } from './work-due.ts';

interface WorkParts {
  readonly admin: Admin;
  readonly chores: readonly Chore[];
  readonly watch: MessageWatch;
}

/** One pass over the chores, then over the channels. What is asked of these is what the outbox has for them. */
export function workOf(deps: KeptDeps, { admin, chores, watch }: WorkParts): Work {
  const load = once(async () =>
    (await import('../../core/alerts/outbox/relay.ts')).createRelay(relayParts(deps, { admin, watch })),
  );
  return async (scope) => {
    const seen = await seeTo(chores, scope);
    const done = await (await load()).work(scope);
    deps.jobs?.note([...seen, ...done]);
    return [...seen, ...done];
  };
}

function relayParts(deps: KeptDeps, { admin, watch: { posted } }: Omit<WorkParts, 'chores'>): RelayParts {
  const { inForce, now, sleep, uuid, server, outbox, ledger } = deps;
  return {
    outbox,
    leaseMs: ledger.sharing.leaseMs,
    keepsMs: ledger.messagesMs,
    channels: () => inUse(deps),
    rules: () => rulesIn(inForce()),
    mutes: (instant) => mutesIn(deps, instant),
    deploys: (at) => outbox.deploys(at - DAY_MS),
    now,
    sleep,
    calls: callsIn(deps),
    hits: hitsIn(deps),
    tickets: ticketsIn(deps),
    counts: countsIn(deps),
    restored: restoredIn(ledger.restores),
    uuid,
    owner: `${server} service`,
    server,
    isGone: goneBy(deps),
    sure: createSureTime(),
    posted,
    async heard(done) {
      await tellTroubles(done, admin);
      const isCalm = done.every(({ troubles, isUnknown }) => troubles.length === 0 && isUnknown !== true);
      return isCalm || admin.channel === undefined ? [] : meantBy(admin.channel, inUse(deps).keys());
    },
  };
}

/** What a debug run would tell, and to whom. */
export function payloadsOf(deps: KeptDeps): DebugMessengerDeps['payloads'] {
  const { inForce, server, uuid, outbox } = deps;
  return async (tellings) => {
    if (tellings.length === 0) return [];
    const { debugPayloads } = await import('../../core/telling/debug-payloads.ts');
    const now = await outbox.now();
    const mutes = await mutesIn(deps, { now, sure: now });
    const deploys = await outbox.deploys(now - DAY_MS);
    const channels = inUse(deps);
    await Promise.all(tellings.map(async ({ channel }) => channels.get(channel)?.channel.ready?.()));
    const around = {
      channels,
      mutes,
      deploys,
      rules: rulesIn(inForce()),
      calls: callsIn(deps),
      hits: hitsIn(deps),
      tickets: ticketsIn(deps),
    };
    return debugPayloads(tellings, { ...around, now, sure: now, server, createId: uuid });
  };
}
