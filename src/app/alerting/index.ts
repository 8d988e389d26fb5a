import type { InForce } from '../../config/reload/in-force.ts';
import { ruleKey } from '../../core/alerts/outbox/forming/around.ts';
import type { ChannelWork, Relay, RelayParts } from '../../core/alerts/outbox/relay.ts';
import type { MakeCourier } from '../../core/delivery/courier.ts';
import type { Mute, Rule } from '../../core/model/alerting/rule.ts';
import { DAY_MS } from '../../core/model/window.ts';
import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import { ALERTS, type Decide, hasRules } from '../../core/ports/alerting/decider.ts';
import type { Messenger } from '../../core/ports/alerting/messenger.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { Log, Scope } from '../../core/ports/scope.ts';
import type { Sink } from '../../core/ports/sink.ts';
import { decideCourier } from '../../core/telling/decide-courier.ts';
import { debugDecider, debugMessenger } from '../../core/telling/debug-messenger.ts';
import { debugStore } from '../../core/telling/debug-store.ts';
import { openDecidedBook } from '../../core/telling/decided-book.ts';
import { createMessenger } from '../../core/telling/messenger.ts';
import { type Admin, createAdmin } from '../../core/telling/own/admin.ts';
import { tellBroken, tellTroubles } from '../../core/telling/own/tell-troubles.ts';
import { rulesSink } from '../../core/telling/rules-sink.ts';
import { channelsInUse, type MadeChannel } from './channels-in-use.ts';

export interface AlertingDeps extends Clock {
  readonly channels: readonly MadeChannel[];
  readonly ledger: Ledger;
  inForce(): InForce;
  readonly publicUrl: string | undefined;
  /** There are pages to link to. */
  readonly hasPage: boolean;
  readonly adminChannel: string | undefined;
  openScope(): Scope & { close(): void };
  readonly server: string;
  uuid(): string;
  readonly log: Log;
}

/** How rules are decided and people told, for runs that count and for those that only show. */
export interface Alerting {
  /** Rules, as a run sees them. */
  readonly sink: Sink;
  /** Undefined: it is for a real sink. */
  readonly courier: Readonly<Record<'real' | 'debug', (...args: Parameters<MakeCourier>) => ReturnType<MakeCourier>>>;
  readonly messenger: Readonly<Record<'real' | 'debug', Messenger>>;
  /** One pass over the channels. Rejects when the ledger cannot say what is due. */
  work(scope: Scope): Promise<readonly ChannelWork[]>;
  readonly admin: Admin;
}

/** Undefined: this ledger keeps nothing of the kind. What decides and tells is not loaded before it is needed. */
export function createAlerting(deps: AlertingDeps): Alerting | undefined {
  const { ledger, log, now, inForce } = deps;
  const { alerts, outbox } = ledger;
  if (alerts === undefined || outbox === undefined) return undefined;
  const filterOf = (name: string) => inForce().filters.find((filter) => filter.name === name);
  const books = { real: openDecidedBook(), debug: openDecidedBook() };
  const decide = deciderOf(deps, alerts);
  const admin = createAdmin({ ...deps, channel: deps.adminChannel, outbox, channels: () => inUse(deps) });
  const work = workOf(deps, outbox, alerts, admin);
  const decideShown = deciderOf(deps, debugStore(alerts));
  return {
    sink: rulesSink(ledger.backlog?.memoryMs ?? DAY_MS),
    courier: {
      real: (sink, leases, scope) =>
        decideCourier(sink, leases, scope, {
          ...deps,
          decide,
          filterOf,
          decided: (decision) => {
            books.real.note(scope.runId, decision);
            void tellBroken(decision, admin);
          },
        }),
      debug: (sink, _leases, scope) => debugDecider(sink, scope, { decide: decideShown, filterOf, book: books.debug }),
    },
    messenger: {
      real: createMessenger({ outbox, book: books.real, work, now, log }),
      debug: debugMessenger({ book: books.debug, payloads: payloadsOf(deps, outbox, alerts), log }),
    },
    work,
    admin,
  };
}

export function isForRules({ name }: Pick<Sink, 'name'>): boolean {
  return name === ALERTS;
}

function deciderOf({ now, inForce, publicUrl, hasPage }: AlertingDeps, alerts: AlertStore): Decide {
  const pageOf = (filter: string): string | null =>
    publicUrl === undefined || !hasPage ? null : `${publicUrl}/filters/${filter}`;
  return async (all) => {
    const { decideWindows } = await import('../../core/alerts/decide/decide-windows.ts');
    return decideWindows(all, { alerts, now: now(), loadedAt: inForce().loadedAt, pageOf });
  };
}

/** Nobody is asked for channels as long as nobody could have said anything to them. */
function workOf(deps: AlertingDeps, outbox: Outbox, alerts: AlertStore, admin: Admin): Alerting['work'] {
  let relay: Promise<Relay> | undefined;
  const isWanted = (): boolean => {
    const { channels, filters } = deps.inForce();
    return deps.adminChannel !== undefined || channels.length > 0 || filters.some(hasRules);
  };
  const load = (): Promise<Relay> =>
    (relay ??= import('../../core/alerts/outbox/relay.ts').then(({ createRelay }) =>
      createRelay(relayParts(deps, outbox, alerts)),
    ));
  return async (scope) => {
    if (!isWanted()) return [];
    const done = await (await load()).work(scope);
    await tellTroubles(done, admin);
    return done;
  };
}

function relayParts(deps: AlertingDeps, outbox: Outbox, alerts: AlertStore): RelayParts {
  const { inForce, now, uuid, server } = deps;
  return {
    outbox,
    channels: () => inUse(deps),
    rules: () => rulesIn(inForce()),
    mutes: () => mutesIn(deps, outbox, alerts),
    now,
    uuid,
    owner: `${server} service`,
    server,
    isGone: () => false,
    mayGiveUp: () => true,
  };
}

function rulesIn({ filters }: InForce): ReadonlyMap<string, Rule> {
  const rules = filters.flatMap(({ name, alerts = [] }) =>
    alerts.map((rule): [string, Rule] => [ruleKey({ filter: name, rule: rule.name }), rule]),
  );
  return new Map(rules);
}

async function mutesIn({ inForce, now }: AlertingDeps, outbox: Outbox, alerts: AlertStore): Promise<readonly Mute[]> {
  const { mutes, filters } = inForce();
  const all = [...mutes, ...(await outbox.mutes())];
  if (all.length === 0) return all;
  const { mutesInForce } = await import('../../core/alerts/outbox/mutes-in-force.ts');
  const names = filters.filter(hasRules).map(({ name }) => name);
  return mutesInForce(all, names, alerts, now());
}

function inUse({ channels, inForce }: AlertingDeps): ReturnType<typeof channelsInUse> {
  return channelsInUse(channels, inForce());
}

function payloadsOf(
  deps: AlertingDeps,
  outbox: Outbox,
  alerts: AlertStore,
): Parameters<typeof debugMessenger>[0]['payloads'] {
  const { inForce, now, server, uuid } = deps;
  return async (tellings) => {
    if (tellings.length === 0) return [];
    const { debugPayloads } = await import('../../core/telling/debug-payloads.ts');
    const found = await mutesIn(deps, outbox, alerts);
    return debugPayloads(tellings, {
      channels: inUse(deps),
      mutes: found,
      rules: rulesIn(inForce()),
      now: now(),
      server,
      createId: uuid,
    });
  };
}
