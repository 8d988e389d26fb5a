import { mixSeed, type Random, randomFrom, wholeBelow } from '../random.ts';
import { type Character, PLANNED_FROM, SLEEPERS } from './cast.ts';

/** Slots in a block: four hours. Each block has its own plan. */
export const BLOCK = 48;
/** A sleeper returns every ten days, and stays for twelve hours. */
export const SLEEP_CYCLE = 2880;
export const AWAKE = 144;
/** A new issue lasts two days. */
export const NEW_LASTS = 576;
const PER_BLOCK = 8;
const SINGLES = 4;
/** Keeps indices positive for slots before story time 0. */
const BLOCK_SHIFT = 100_000;

export type Boost = {
  readonly kind: 'surge' | 'ramp';
  readonly slot: number;
  readonly slots: number;
  readonly index: number;
  readonly factor: number;
  readonly extra: number;
};
export type Arrival = { readonly kind: 'new' | 'single'; readonly slot: number; readonly index: number };
export type BlockPlan = { readonly boosts: readonly Boost[]; readonly arrivals: readonly Arrival[] };

/** What happens in a block: a surge, at times a ramp, one new issue, and single events of issues never seen again. */
export function planOf(seed: number, block: number, steady: readonly Character[]): BlockPlan {
  const random = randomFrom(mixSeed(seed, block, 23));
  const boosts: Boost[] = [surge(random, block, steady)];
  if (random() < 0.4) boosts.push(ramp(random, block, steady));
  const arrivals = Array.from({ length: 1 + SINGLES }, (_, k): Arrival => ({
    kind: k === 0 ? 'new' : 'single',
    slot: block * BLOCK + wholeBelow(random, BLOCK),
    index: indexOf(block, k),
  }));
  return { boosts, arrivals };
}

function surge(random: Random, block: number, steady: readonly Character[]): Boost {
  return {
    kind: 'surge',
    slot: block * BLOCK + wholeBelow(random, BLOCK),
    slots: 2 + wholeBelow(random, 3),
    index: target(random, steady),
    factor: 4 + random() * 6,
    extra: 20,
  };
}

function ramp(random: Random, block: number, steady: readonly Character[]): Boost {
  return {
    kind: 'ramp',
    slot: block * BLOCK + wholeBelow(random, BLOCK),
    slots: 12,
    index: target(random, steady),
    factor: 4 + random() * 3,
    extra: 10,
  };
}

/** Not among the quiet ones: the quiet project stays quiet. */
function target(random: Random, steady: readonly Character[]): number {
  return steady[wholeBelow(random, steady.length)]?.index ?? 0;
}

function indexOf(block: number, k: number): number {
  return PLANNED_FROM + (block + BLOCK_SHIFT) * PER_BLOCK + k;
}

/** The block and kind behind an index that the plan gave. */
export function arrivalOf(index: number): { readonly block: number; readonly kind: 'new' | 'single' } | undefined {
  if (index < PLANNED_FROM) return undefined;
  const k = (index - PLANNED_FROM) % PER_BLOCK;
  if (k > SINGLES) return undefined;
  return { block: Math.floor((index - PLANNED_FROM) / PER_BLOCK) - BLOCK_SHIFT, kind: k === 0 ? 'new' : 'single' };
}

/** Mean events of a boosted issue whose usual mean is given. */
export function boosted(boost: Boost, slot: number, usual: number): number {
  const age = slot - boost.slot;
  if (age < 0 || age >= boost.slots) return usual;
  const share = boost.kind === 'surge' ? 1 : (age + 1) / boost.slots;
  return usual + share * (usual * (boost.factor - 1) + boost.extra);
}

/** A new issue starts loud and fades. */
export function newRate(rate: number, age: number): number {
  if (age < 0 || age >= NEW_LASTS) return 0;
  if (age < 6) return rate;
  return age < BLOCK ? rate * 0.3 : rate * 0.05;
}

/** Slots since a sleeper last returned. */
export function sinceReturn(sleeper: number, slot: number): number {
  const offset = Math.floor((sleeper % SLEEPERS) * (SLEEP_CYCLE / SLEEPERS)) + 100;
  return (((slot - offset) % SLEEP_CYCLE) + SLEEP_CYCLE) % SLEEP_CYCLE;
}

/** Mean over the hours: 0.6 at three at night, 1.4 at three in the afternoon, by story time. */
export function hourFactor(slot: number): number {
  const hour = (((slot % 288) + 288) % 288) / 12;
  return 1 + 0.4 * Math.sin((2 * Math.PI * (hour - 9)) / 24);
}
