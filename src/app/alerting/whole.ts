import type { MakeCourier } from '../../core/delivery/courier.ts';
import type { Mute } from '../../core/model/alerting/rule.ts';
import type { Messenger } from '../../core/ports/alerting/messenger.ts';
import { debugDecider, debugMessenger } from '../../core/telling/debug-messenger.ts';
import { debugStore } from '../../core/telling/debug-store.ts';
import { decideCourier } from '../../core/telling/decide-courier.ts';
import { type DecidedBook, openDecidedBook } from '../../core/telling/decided-book.ts';
import { createMessenger } from '../../core/telling/messenger.ts';
import { type Admin, createAdmin } from '../../core/telling/own/admin.ts';
import { type Outdated, watchOutdated } from '../../core/telling/own/outdated.ts';
import { watchDecisions } from '../../core/telling/own/tell-decisions.ts';
import type { PageActs } from '../../server/pages/act/acts.ts';
import { inUse } from './channels-in-use.ts';
import { choresOf } from './chores.ts';
import { deciderOf } from './decide.ts';
import type { KeptDeps } from './deps.ts';
import { mutesIn } from './in-force.ts';
import { pageActs } from './pages/acts.ts';
import { releasesOf } from './releases.ts';
import { payloadsOf, workOf } from './tell.ts';
import type { Work } from './work-due.ts';
import { type Told, watchTold } from './told.ts';

/** All that decides and tells. */
export interface Whole {
  readonly courier: Readonly<Record<'real' | 'debug', MakeCourier>>;
  readonly messenger: Readonly<Record<'real' | 'debug', Messenger>>;
  readonly work: Work;
  readonly admin: Admin;
  readonly outdated: Pick<Outdated, 'faults'>;
  readonly told: Told;
  readonly acts: PageActs;
  /** Those in force. */
  mutes(): Promise<readonly Mute[]>;
}

export function createWhole(given: Omit<KeptDeps, 'isReleased'>): Whole {
  const { outbox, log } = given;
  const releases = releasesOf(given);
  const deps: KeptDeps = { ...given, isReleased: releases.isOver };
  const books = { real: openDecidedBook(), debug: openDecidedBook() };
  const admin = createAdmin({
    ...deps,
    channel: deps.adminChannel,
    isCollected: deps.adminCollect !== undefined,
    channels: () => inUse(deps),
  });
  const told = watchTold(deps);
  const work = workOf(deps, { admin, chores: [...choresOf(deps, admin), releases.chore], watch: told });
  const outdated = watchOutdated({ ...deps, loadedAt: () => deps.inForce().loadedAt, admin });
  return {
    courier: couriersOf(deps, { admin, outdated, books }),
    messenger: {
      real: createMessenger({ ...deps, book: books.real, work }),
      debug: debugMessenger({ book: books.debug, payloads: payloadsOf(deps), log }),
    },
    ...{ work, admin, outdated, told, acts: pageActs(deps) },
    mutes: async () => {
      const now = await outbox.now();
      return mutesIn(deps, { now, sure: now });
    },
  };
}

/** What is heard of decisions goes to the books of runs, and to the admin. */
function couriersOf(
  deps: KeptDeps,
  { admin, outdated, books }: Heard,
): Readonly<Record<'real' | 'debug', MakeCourier>> {
  const { alerts, inForce } = deps;
  const filterOf = (name: string) => inForce().filters.find((filter) => filter.name === name);
  const decisions = watchDecisions(admin);
  const decide = { real: deciderOf(deps, alerts), debug: deciderOf(deps, debugStore(alerts)) };
  return {
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
  };
}

interface Heard {
  readonly admin: Admin;
  readonly outdated: Outdated;
  readonly books: Readonly<Record<'real' | 'debug', DecidedBook>>;
}
