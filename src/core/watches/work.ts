import { faultOf, tracedFaultOf } from '../model/errors.ts';
import type { WatchPlan } from '../model/watches/watch-plan.ts';
import type { WorkDone } from '../ports/alerting/due.ts';
import type { Scope } from '../ports/scope.ts';
import type { ClaimedWatch, KeptWatch } from '../ports/watches/watch-store.ts';
import type { Measured, Watch } from '../ports/watches/watch.ts';
import type { Admin } from '../telling/own/admin.ts';
import { judged, type Patience } from '../telling/own/patience.ts';
import { afterLook, type LookResult, withState } from './after-look.ts';
import { createGone, type GoneDeps } from './gone.ts';
import { decideWatch, memoriesIn } from './decide.ts';
import { tellLeftOut } from './left-out.ts';
import { adminWords } from './admin-words.ts';

export interface WatchDeps extends GoneDeps {
  /** Those of the files in force. */
  plans(): readonly WatchPlan[];
  /** As the program was started with them. */
  readonly watches: ReadonlyMap<string, Watch>;
  readonly admin: Pick<Admin, 'tell'>;
  /** Brings a value to the sinks; null: all took it; else who did not, for people. Never rejects. */
  gauge(plan: WatchPlan, measured: Measured, at: number, scope: Scope): Promise<string | null>;
  /** Address of the page that shows watches; null: there is none. */
  readonly page: string | null;
}

export interface WatchWork {
  /** Looks at what is due. Rejects when the ledger cannot say what is. */
  work(scope: Scope): Promise<readonly WorkDone[]>;
  /** Looks at one now, whatever its interval; null: somebody does, or there is none of that name. */
  look(name: string, scope: Scope): Promise<WorkDone | null>;
}

/** So many at once. */
const AT_ONCE = 8;

export function createWatchWork(deps: WatchDeps): WatchWork {
  /** By watch, begin of the last interval that is known to be begun. */
  const begun = new Map<string, number>();
  const gone = createGone(deps);
  const look: WatchWork['look'] = async (name, scope) => {
    const plan = deps.plans().find((it) => it.name === name && deps.watches.has(name));
    if (plan === undefined) return null;
    const now = await deps.store.now();
    return (await lookAt(plan, deps, { now, scope, claimed: null }))[0] ?? null;
  };
  const work: WatchWork['work'] = async (scope) => {
    const all = deps.plans();
    const plans = all.filter(({ name }) => deps.watches.has(name));
    const now = await deps.store.now();
    await gone(new Set(all.map(({ name }) => name)), now, scope);
    const due = plans.filter((plan) => (begun.get(plan.name) ?? -1) < slotOf(plan, now));
    const done: WorkDone[] = [];
    const queue = due.values();
    const worker = async (): Promise<void> => {
      for (const plan of queue) {
        const claimed = (): void => void begun.set(plan.name, slotOf(plan, now));
        done.push(...(await lookAt(plan, deps, { now, scope, claimed })));
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, worker));
    return done.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  };
  return { work, look };
}

/** The interval that lasts. */
function slotOf({ everyMs }: WatchPlan, now: number): number {
  return Math.floor(now / everyMs) * everyMs;
}

interface Pass {
  readonly now: number;
  readonly scope: Scope;
  /** The ledger has said whose interval it is; null: somebody asks for it, whatever was begun. */
  readonly claimed: (() => void) | null;
}

/** Nothing: another server has looked, or does. Its trouble is its own: the others are looked at all the same. */
async function lookAt(
  plan: WatchPlan,
  deps: WatchDeps,
  { now, scope, claimed: note }: Pass,
): Promise<readonly WorkDone[]> {
  const { name } = plan;
  try {
    const isAsked = note === null;
    const claimed = await deps.store.claim(name, { slot: slotOf(plan, now), leaseMs: deps.leaseMs, isAsked });
    note?.();
    return claimed === null ? [] : [await lookWith(claimed, plan, deps, { now, scope })];
  } catch (error) {
    const { message } = faultOf(error);
    scope.log.error({ [deps.kind]: name, error: message }, 'watch not kept');
    return [{ kind: deps.kind, name, status: 'failed', detail: message, left: 0 }];
  }
}

async function lookWith(
  { token, kept }: ClaimedWatch,
  plan: WatchPlan,
  deps: WatchDeps,
  { now, scope }: Pick<Pass, 'now' | 'scope'>,
): Promise<WorkDone> {
  const { name } = plan;
  const { kind } = deps;
  const done = { kind, name, left: 0 } as const;
  const result = await resultOf(deps.watches.get(name)!, scope, kept.good);
  const looked = afterLook(kept, result, now);
  const before = patienceIn(kept);
  const { patience, tell } = judged(before, 'fault' in result ? result.fault : null, now);
  const value = 'measured' in result ? result.measured.value : null;
  const { memories, ...news } = decideWatch(plan, memoriesIn(kept.state), { at: now, value, kept: looked }, deps.page);
  const lacks = await tellLeftOut(plan, result, kept.state, { ...deps, now });
  const state = { isTold: patience.isTold, everyMs: plan.everyMs, rules: memories, ...lacks };
  if (!(await deps.store.keep(token, { kept: withState(looked, state), ...news })))
    return { ...done, status: 'held', detail: 'another server took it over' };
  if (tell !== null) {
    const fault = 'fault' in result ? result.fault : null;
    const words = adminWords({ ...plan, kind }, tell, { fault, goodAt: before.goodAt, now });
    await deps.admin.tell(`${kind}/${name}/${tell}`, ...words);
  }
  if ('fault' in result) {
    scope.log.warn({ [kind]: name, error: result.fault.message, failures: looked.last!.failures }, 'watch not read');
    return { ...done, status: 'failed', detail: result.fault.message };
  }
  const untaken = await deps.gauge(plan, result.measured, now, scope);
  const { value: measured, detail: said = String(measured) } = result.measured;
  return {
    ...done,
    status: untaken === null ? 'done' : 'failed',
    detail: untaken === null ? said : `${said}; ${untaken}`,
  };
}

async function resultOf(watch: Watch, scope: Scope, before: Measured | null): Promise<LookResult> {
  try {
    return { measured: await watch.look(scope, before) };
  } catch (error) {
    return { fault: tracedFaultOf(error) };
  }
}

function patienceIn({ good, since, state }: KeptWatch): Patience {
  return { goodAt: good?.at ?? since, isTold: state['isTold'] === true };
}
