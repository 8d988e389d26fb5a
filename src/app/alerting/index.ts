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
import { rulesSink } from '../../core/telling/rules-sink.ts';
import { channelsInUse, type MadeChannel } from './channels-in-use.ts';

export interface AlertingDeps extends Clock {
  readonly channels: readonly MadeChannel[];
  readonly ledger: Ledger;
  inForce(): InForce;
  readonly publicUrl: string | undefined;
  /** There are pages to link to. */
  readonly hasPage: boolean;
  /** Somebody is told of our own failures. */
  readonly hasAdmin: boolean;
  readonly server: string;
  uuid(): string;
  readonly log: Log;
  /** Hears what came of a pass over the channels. */
  worked(all: readonly ChannelWork[]): Promise<void>;
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
  channels(): ReturnType<typeof channelsInUse>;
}

/** Undefined: this ledger keeps nothing of the kind. What decides and tells is not loaded before it is needed. */
export function createAlerting(deps: AlertingDeps): Alerting | undefined {
  const { ledger, log, now, inForce } = deps;
  const { alerts, outbox } = ledger;
  if (alerts === undefined || outbox === undefined) return undefined;
  const filterOf = (name: string) => inForce().filters.find((filter) => filter.name === name);
  const books = { real: openDecidedBook(), debug: openDecidedBook() };
  const decide = deciderOf(deps, alerts);
  const work = workOf(deps, outbox);
  const decideShown = deciderOf(deps, debugStore(alerts));
  return {
    sink: rulesSink(ledger.backlog?.memoryMs ?? DAY_MS),
    courier: {
      real: (sink, leases, scope) =>
        decideCourier(sink, leases, scope, {
          ...deps,
          decide,
          filterOf,
          decided: (decision) => books.real.note(scope.runId, decision),
        }),
      debug: (sink, _leases, scope) => debugDecider(sink, scope, { decide: decideShown, filterOf, book: books.debug }),
    },
    messenger: {
      real: createMessenger({ outbox, book: books.real, work, now, log }),
      debug: debugMessenger({ book: books.debug, payloads: payloadsOf(deps, outbox), log }),
    },
    work,
    channels: () => channelsInUse(deps.channels, inForce()),
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
function workOf(deps: AlertingDeps, outbox: Outbox): Alerting['work'] {
  let relay: Promise<Relay> | undefined;
  const isWanted = (): boolean => {
    const { channels, filters } = deps.inForce();
    return deps.hasAdmin || channels.length > 0 || filters.some(hasRules);
  };
  const load = (): Promise<Relay> =>
    (relay ??= import('../../core/alerts/outbox/relay.ts').then(({ createRelay }) =>
      createRelay(relayParts(deps, outbox)),
    ));
  return async (scope) => {
    if (!isWanted()) return [];
    const done = await (await load()).work(scope);
    await deps.worked(done);
    return done;
  };
}

function relayParts({ channels, inForce, now, uuid, server }: AlertingDeps, outbox: Outbox): RelayParts {
  return {
    outbox,
    channels: () => channelsInUse(channels, inForce()),
    rules: () => rulesIn(inForce()),
    mutes: () => mutesIn(inForce(), outbox),
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

async function mutesIn({ mutes }: InForce, outbox: Outbox): Promise<readonly Mute[]> {
  return [...mutes, ...(await outbox.mutes())];
}

function payloadsOf(deps: AlertingDeps, outbox: Outbox): Parameters<typeof debugMessenger>[0]['payloads'] {
  const { channels, inForce, now, server, uuid } = deps;
  return async (tellings) => {
    if (tellings.length === 0) return [];
    const { debugPayloads } = await import('../../core/telling/debug-payloads.ts');
    const found = await mutesIn(inForce(), outbox);
    return debugPayloads(tellings, {
      channels: channelsInUse(channels, inForce()),
      mutes: found,
      rules: rulesIn(inForce()),
      now: now(),
      server,
      createId: uuid,
    });
  };
}
