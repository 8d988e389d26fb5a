import { type Courier, giveUp, type MakeCourier } from '../../core/delivery/courier.ts';
import { faultOf } from '../../core/model/errors.ts';
import { DAY_MS } from '../../core/model/window.ts';
import { ALERTS, hasRules } from '../../core/ports/alerting/decider.ts';
import type { Messenger } from '../../core/ports/alerting/messenger.ts';
import type { FileFault } from '../../core/ports/filters-in-force.ts';
import type { Sink } from '../../core/ports/sink.ts';
import type { Admin } from '../../core/telling/own/admin.ts';
import type { CronWatch } from '../../core/telling/own/watch-cron.ts';
import { rulesSink } from '../../core/telling/rules-sink.ts';
import { once } from '../../platform/late.ts';
import type { PageAlerting } from '../../server/pages/data/alerts/of-page.ts';
import type { AlertingDeps } from './deps.ts';
import { alertingForPages } from './pages/index.ts';
import { cronOf } from './runs/cron.ts';
import type { Work } from './work-due.ts';
import { createDutyBook } from './reminders/duties.ts';
import { createPeopleBook } from './reminders/people-book.ts';
import { isWanted } from './wanted.ts';
import type { Told } from './told.ts';
import type { Whole } from './whole.ts';

/** How rules are decided and people told, for runs that count and for those that only show. */
export interface Alerting {
  /** Rules, as a run sees them. */
  readonly sink: Sink;
  /** Undefined: it is for a real sink. */
  readonly courier: Readonly<Record<'real' | 'debug', MakeCourier>>;
  readonly messenger: Readonly<Record<'real' | 'debug', Messenger>>;
  readonly work: Work;
  readonly admin: Admin;
  /** What is wrong with the files of this server beside those of others. */
  faults(): readonly FileFault[];
  readonly cron: CronWatch;
  readonly told: Told;
  readonly forPages: PageAlerting;
}

/**
 * Undefined: this ledger keeps nothing of the kind. Nothing that decides or tells is loaded before a rule is decided,
 * or somebody is to be told something.
 */
export function createAlerting(given: AlertingDeps): Alerting | undefined {
  const { ledger, inForce, adminChannel, isService } = given;
  const { alerts, outbox } = ledger;
  if (alerts === undefined || outbox === undefined) return undefined;
  const deps = { ...given, alerts, outbox, duties: createDutyBook(), sheetPeople: createPeopleBook() };
  let made: Whole | undefined;
  const whole = once(async () => (made = (await import('./whole.ts')).createWhole(deps)));
  const isWantedNow = (): boolean => isWanted(inForce(), adminChannel);
  // What was begun is to be ended, also when the files no longer say anything of it.
  let wasWanted = isWantedNow();
  const isBusy = (): boolean => (wasWanted ||= isWantedNow());
  const parts: Late = { ...given, isBusy, isWantedNow, whole, made: () => made };
  // What watches for silence counts from the start.
  if (isService && wasWanted) void whole().catch(() => undefined);
  const work: Work = async (scope) => (isBusy() ? (await whole()).work(scope) : []);
  const admin = adminOf(parts);
  given.tickets?.onRefusal?.((line) => void admin.tell('ticket refused', line));
  return {
    sink: rulesSink(ledger.backlog?.memoryMs ?? DAY_MS),
    courier: { real: courierOf('real', parts), debug: courierOf('debug', parts) },
    messenger: { real: messengerOf('real', parts), debug: messengerOf('debug', parts) },
    ...{ work, admin, told: toldOf(parts) },
    faults: () => made?.outdated.faults() ?? [],
    cron: cronOf(given, admin, work),
    forPages: alertingForPages(deps, whole),
  };
}

interface Late extends AlertingDeps {
  isBusy(): boolean;
  isWantedNow(): boolean;
  whole(): Promise<Whole>;
  /** Undefined: not yet. */
  made(): Whole | undefined;
}

type Kind = 'real' | 'debug';

function courierOf(kind: Kind, { whole }: Late): MakeCourier {
  return (sink, leases, scope) => {
    let isOver = false;
    let courier: Courier | undefined;
    const load = once(async () => {
      courier = (await whole()).courier[kind](sink, leases, scope);
      if (isOver) courier.end();
      return courier;
    });
    return {
      sink: sink.name,
      end() {
        isOver = true;
        courier?.end();
      },
      async deliver(consignment) {
        try {
          return await (await load()).deliver(consignment);
        } catch (error) {
          const { hold, delivered } = consignment;
          return giveUp(leases, hold, delivered, { error: `rules: ${faultOf(error).message}` });
        }
      },
    };
  };
}

function messengerOf(kind: Kind, { whole, made, isBusy, log }: Late): Messenger {
  return {
    async send(scope) {
      if (!isBusy()) return;
      try {
        await (await whole()).messenger[kind].send(scope);
      } catch (error) {
        scope.log.error({ error: faultOf(error).message }, 'channels not worked off');
      }
    },
    async alertsOf(run) {
      if (made() === undefined && !run.order.filters.some(hasRules)) return undefined;
      try {
        return await (await whole()).messenger[kind].alertsOf(run);
      } catch (error) {
        log.error({ run: run.runId, error: faultOf(error).message }, 'alerts cannot be shown');
        return undefined;
      }
    },
  };
}

function adminOf({ whole, adminChannel: channel, log }: Late): Admin {
  const attempt = async <T>(act: (admin: Admin) => Promise<T>): Promise<T | undefined> => {
    try {
      return await act((await whole()).admin);
    } catch (error) {
      log.error({ channel, error: faultOf(error).message }, 'the admin was not told');
      return undefined;
    }
  };
  return {
    channel,
    tell: async (...given) => (await attempt((admin) => admin.tell(...given))) ?? false,
    tellDaily: (...given) => attempt((admin) => admin.tellDaily(...given)),
    tellDirectly: (...given) => attempt((admin) => admin.tellDirectly(...given)),
  };
}

function toldOf({ whole, made, isWantedNow }: Late): Told {
  return {
    tally: async () =>
      isWantedNow()
        ? whole().then(
            ({ told }) => told.tally(),
            () => null,
          )
        : null,
    takeLost: () => (isWantedNow() ? (made()?.told.takeLost() ?? 0) : null),
  };
}

export function isForRules({ name }: Pick<Sink, 'name'>): boolean {
  return name === ALERTS;
}
