import type { MakeCourier } from '../../core/delivery/courier.ts';
import { DAY_MS } from '../../core/model/window.ts';
import { ALERTS } from '../../core/ports/alerting/decider.ts';
import type { Messenger } from '../../core/ports/alerting/messenger.ts';
import type { Sink } from '../../core/ports/sink.ts';
import { debugDecider, debugMessenger } from '../../core/telling/debug-messenger.ts';
import { debugStore } from '../../core/telling/debug-store.ts';
import { decideCourier } from '../../core/telling/decide-courier.ts';
import { openDecidedBook } from '../../core/telling/decided-book.ts';
import { createMessenger } from '../../core/telling/messenger.ts';
import { type Admin, createAdmin } from '../../core/telling/own/admin.ts';
import { type Outdated, watchOutdated } from '../../core/telling/own/outdated.ts';
import { watchDecisions } from '../../core/telling/own/tell-decisions.ts';
import type { CronWatch } from '../../core/telling/own/watch-cron.ts';
import { rulesSink } from '../../core/telling/rules-sink.ts';
import type { PageAlerting } from '../../server/pages/data/alerts/of-page.ts';
import { choresOf } from './chores.ts';
import { cronOf } from './runs/cron.ts';
import { deciderOf } from './decide.ts';
import type { AlertingDeps, KeptDeps } from './deps.ts';
import { alertingForPages } from './pages/index.ts';
import { inUse } from './in-force.ts';
import { releasesOf } from './releases.ts';
import { payloadsOf, type Work, workOf } from './tell.ts';
import { type Told, watchTold } from './watching.ts';

/** How rules are decided and people told, for runs that count and for those that only show. */
export interface Alerting {
  /** Rules, as a run sees them. */
  readonly sink: Sink;
  /** Undefined: it is for a real sink. */
  readonly courier: Readonly<Record<'real' | 'debug', (...args: Parameters<MakeCourier>) => ReturnType<MakeCourier>>>;
  readonly messenger: Readonly<Record<'real' | 'debug', Messenger>>;
  readonly work: Work;
  readonly admin: Admin;
  readonly outdated: Pick<Outdated, 'faults'>;
  readonly cron: CronWatch;
  readonly told: Told;
  readonly forPages: PageAlerting;
}

/** Undefined: this ledger keeps nothing of the kind. What decides and tells is not loaded before it is needed. */
export function createAlerting(given: AlertingDeps): Alerting | undefined {
  const { ledger, log, now, inForce } = given;
  const { alerts, outbox } = ledger;
  if (alerts === undefined || outbox === undefined) return undefined;
  const releases = releasesOf({ ...given, alerts, outbox });
  const deps: KeptDeps = { ...given, alerts, outbox, isReleased: releases.isOver };
  const filterOf = (name: string) => inForce().filters.find((filter) => filter.name === name);
  const books = { real: openDecidedBook(), debug: openDecidedBook() };
  const admin = createAdmin({ ...deps, channel: deps.adminChannel, channels: () => inUse(deps) });
  const told = watchTold(deps);
  const work = workOf(deps, { admin, chores: [...choresOf(deps, admin), releases.chore], watch: told });
  const decisions = watchDecisions(admin);
  const outdated = watchOutdated({ ...deps, loadedAt: () => inForce().loadedAt, admin });
  const decide = { real: deciderOf(deps, alerts), debug: deciderOf(deps, debugStore(alerts)) };
  return {
    sink: rulesSink(ledger.backlog?.memoryMs ?? DAY_MS),
    courier: {
      real: (sink, leases, scope) =>
        decideCourier(sink, leases, scope, {
          ...deps,
          decide: decide.real,
          filterOf,
          decided: (decision, of) => {
            books.real.note(scope.runId, decision);
            void decisions.note(decision, of);
            void outdated.note(decision, of.filter);
          },
        }),
      debug: (sink, _, scope) => debugDecider(sink, scope, { decide: decide.debug, filterOf, book: books.debug }),
    },
    messenger: {
      real: createMessenger({ outbox, book: books.real, work, now, log }),
      debug: debugMessenger({ book: books.debug, payloads: payloadsOf(deps), log }),
    },
    ...{ work, admin, outdated, told },
    ...{ cron: cronOf(deps, admin, work), forPages: alertingForPages(deps) },
  };
}

export function isForRules({ name }: Pick<Sink, 'name'>): boolean {
  return name === ALERTS;
}
