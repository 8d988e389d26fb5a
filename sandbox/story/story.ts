import { mixSeed, poisson, randomFrom } from '../random.ts';
import { type SandboxEvent, SLOT, type Story } from '../types.ts';
import { castOf, type Character, indexOfId, invented, PLANNED_FROM } from './cast.ts';
import { storyIssue } from './issue.ts';
import { makeEvents, orphanOf } from './make.ts';
import {
  arrivalOf,
  AWAKE,
  BLOCK,
  type BlockPlan,
  boosted,
  hourFactor,
  NEW_LASTS,
  newRate,
  planOf,
  sinceReturn,
} from './plan.ts';
import { plantedIn } from './planted.ts';
import type { Scene } from './scene.ts';
import type { Script } from './script.ts';

export type StoryOptions = {
  readonly seed: number;
  readonly epoch: number;
  readonly orphans: number;
  readonly scene: Scene;
};

const KEPT_SLOTS = 512;
const KEPT_PLANS = 4096;

/** A lively organization, made slot by slot when looked at; the same seed and slot give the same events. */
export function createStory({ seed, epoch, orphans, scene }: StoryOptions): Story {
  const script = createScript(seed, Math.floor(epoch / SLOT) * SLOT, scene);
  const slots = new Map<number, readonly SandboxEvent[]>();
  const make = (slot: number): readonly SandboxEvent[] => makeSlot(script, seed, slot, orphans);
  return {
    projects: scene.projects,
    environments: scene.environments,
    slotAt: (instant) => remembered(slots, script.slotOf(instant), KEPT_SLOTS, make),
    ofIssuesAt: (instant, ids) => slotOfIssues(script, script.slotOf(instant), ids),
    issue: (id, now) => issueById(script, indexOfId(id), now),
    issueByShortId: (shortId, now) => {
      const who = byShortId(script, shortId);
      return who === undefined ? undefined : issueById(script, who.index, now);
    },
    lifetime: (id, now) => lifetime(script, indexOfId(id), now),
    planted: (from, to) => plantedIn(script, from, to),
  };
}

function createScript(seed: number, epoch: number, scene: Scene): Script {
  const cast = castOf(seed, scene);
  const loudable = cast.filter((who) => who.kind === 'steady' && who.project !== scene.quiet);
  const plans = new Map<number, BlockPlan>();
  const people = new Map<number, Character>();
  const plan = (block: number): BlockPlan => remembered(plans, block, KEPT_PLANS, (one) => planOf(seed, one, loudable));
  const born = (index: number): number | undefined => {
    const arrival = arrivalOf(index);
    return arrival === undefined ? undefined : plan(arrival.block).arrivals.find((one) => one.index === index)?.slot;
  };
  const character = (index: number): Character | undefined => {
    if (index < PLANNED_FROM) return cast[index];
    const arrival = arrivalOf(index);
    return arrival === undefined
      ? undefined
      : remembered(people, index, KEPT_PLANS, (one) => invented(seed, scene, one, arrival.kind));
  };
  const startOf = (slot: number): number => epoch + slot * SLOT;
  const count = (who: Character, slot: number): number => countOf(seed, who, slot, { plan, born });
  return {
    cast,
    plan,
    character,
    born,
    startOf,
    count,
    slotOf: (instant) => Math.floor((instant - epoch) / SLOT),
    events: (who, slot) => makeEvents(seed, who, { slot, start: startOf(slot) }, count(who, slot)),
  };
}

function countOf(seed: number, who: Character, slot: number, { plan, born }: Pick<Script, 'plan' | 'born'>): number {
  const random = randomFrom(mixSeed(seed, who.index, slot));
  if (who.kind === 'steady') return poisson(random, steadyMean(who, slot, plan));
  if (who.kind === 'sleeper') {
    const since = sinceReturn(who.index, slot);
    return since < AWAKE ? Math.max(since === 0 ? 3 : 0, poisson(random, who.rate)) : 0;
  }
  const age = slot - (born(who.index) ?? Infinity);
  if (who.kind === 'single') return age === 0 ? 1 : 0;
  const drawn = poisson(random, newRate(who.rate, age));
  return age === 0 ? Math.max(2, drawn) : drawn;
}

/** Boosts may reach into the next block. */
function steadyMean(who: Character, slot: number, plan: Script['plan']): number {
  const block = Math.floor(slot / BLOCK);
  let mean = who.rate * hourFactor(slot);
  for (const one of [block - 1, block]) {
    for (const boost of plan(one).boosts) if (boost.index === who.index) mean = boosted(boost, slot, mean);
  }
  return mean;
}

function slotOfIssues(script: Script, slot: number, ids: ReadonlySet<string>): SandboxEvent[] {
  return present(script, slot)
    .filter((who) => ids.has(who.id))
    .flatMap((who) => script.events(who, slot))
    .sort((a, b) => a.at - b.at);
}

function makeSlot(script: Script, seed: number, slot: number, orphans: number): SandboxEvent[] {
  const events: SandboxEvent[] = [];
  for (const who of present(script, slot)) events.push(...script.events(who, slot));
  for (let k = 0; k < orphans; k++) {
    const like = script.cast[k % script.cast.length];
    if (like !== undefined) events.push(orphanOf(seed, like, { slot, start: script.startOf(slot) }, k));
  }
  return events.sort((a, b) => a.at - b.at);
}

function present(script: Script, slot: number): Character[] {
  const block = Math.floor(slot / BLOCK);
  const found = [...script.cast];
  for (let one = block - Math.ceil(NEW_LASTS / BLOCK); one <= block; one++) {
    for (const arrival of script.plan(one).arrivals) {
      if (arrival.slot > slot || (arrival.kind === 'single' && arrival.slot !== slot)) continue;
      const who = script.character(arrival.index);
      if (who !== undefined) found.push(who);
    }
  }
  return found;
}

function issueById(script: Script, index: number | undefined, now: number): ReturnType<Story['issue']> {
  const who = index === undefined ? undefined : script.character(index);
  return who === undefined ? undefined : storyIssue(script, who, now);
}

/** `WEB-2B`: everything behind the dash is the index in base 32, plus one. */
function byShortId(script: Script, shortId: string): Character | undefined {
  let index = 0;
  for (const digit of shortId.split('-').at(-1) ?? '')
    index = index * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit);
  const who = script.character(index - 1);
  return who?.shortId === shortId ? who : undefined;
}

function lifetime(script: Script, index: number | undefined, now: number): ReturnType<Story['lifetime']> {
  const who = index === undefined ? undefined : script.character(index);
  if (who === undefined) return undefined;
  const first = storyIssue(script, who, now)?.firstSeen ?? now;
  const slots = Math.max(1, (now - first) / SLOT);
  return {
    count: Math.max(1, Math.round(who.kind === 'steady' ? who.rate * slots : 10 * who.rate)),
    last: lastSeen(script, who, now),
  };
}

function lastSeen(script: Script, who: Character, now: number): number | null {
  const slot = script.slotOf(now);
  for (let back = 0; back < NEW_LASTS; back++) {
    const arrived = script.events(who, slot - back).filter((event) => event.arrivedAt <= now);
    if (arrived.length > 0) return Math.max(...arrived.map((event) => event.at));
  }
  return null;
}

/** Makes what is missing and forgets the oldest beyond `limit`. */
function remembered<V>(cache: Map<number, V>, key: number, limit: number, make: (key: number) => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  cache.set(key, made);
  const oldest = cache.keys().next();
  if (cache.size > limit && oldest.done !== true) cache.delete(oldest.value);
  return made;
}
