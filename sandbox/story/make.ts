import { hex, mixSeed, pick, type Random, randomFrom, wholeBelow } from '../random.ts';
import { DAY, type SandboxEvent, SLOT } from '../types.ts';
import type { Character } from './cast.ts';

const BROWSERS = ['Chrome', 'Firefox', 'Safari', 'Edge', 'Chrome Mobile'];
const SYSTEMS = ['Windows', 'macOS', 'Linux', 'Android', 'iOS'];
/** Of tags that somebody asked for. */
const VALUES = ['one', 'two', 'three'];
const LATE_SHARE = 0.02;
const LATEST_MS = 360_000;

/** A slot of the story, and the real time at which it begins. */
export type Place = { readonly slot: number; readonly start: number };

/** What an event says of its fault: the same objects for all events of a slot, of which a story has many. */
type Saying = Pick<SandboxEvent, 'title' | 'metadata' | 'stack' | 'culprit' | 'transaction'>;

/** The events of one issue in one slot. */
export function makeEvents(seed: number, who: Character, { slot, start }: Place, count: number): SandboxEvent[] {
  if (count === 0) return [];
  const random = randomFrom(mixSeed(seed, who.index, slot) ^ 0x5bd1e995);
  const sayings = sayingsOf(who);
  return Array.from({ length: count }, () => makeEvent(random, who, { slot, start }, sayings));
}

function sayingsOf(who: Character): readonly Saying[] {
  const { filename, function: name, culprit } = who;
  const stack = [{ filename, function: name }];
  const transaction = culprit === null ? null : `/${name}`;
  return who.faults.map(({ type, value }) => {
    const title = `${type}: ${value}`;
    return { title, culprit, transaction, stack, metadata: { type, value, filename, function: name, title } };
  });
}

function makeEvent(random: Random, who: Character, { slot, start }: Place, sayings: readonly Saying[]): SandboxEvent {
  const at = start + wholeBelow(random, SLOT / 1000) * 1000;
  const { title, culprit, metadata, transaction, stack } = pick(random, sayings);
  return {
    id: hex(random, 32),
    at,
    arrivedAt: at + delay(random),
    projectId: who.project.id,
    issueId: who.id,
    title,
    culprit,
    message: '',
    metadata,
    type: 'error',
    level: who.level,
    release: who.scene.release(who.project, releaseOf(random, slot)),
    environment: pick(random, who.scene.spread),
    user: random() < 0.88 ? `id:${String(1 + wholeBelow(random, 400))}` : null,
    transaction,
    platform: who.project.platform,
    dist: null,
    handled: random() < 0.4,
    tags: tagsOf(random, who),
    stack,
  };
}

/** Mostly within seconds, at times minutes. */
function delay(random: Random): number {
  return random() < LATE_SHARE ? 20_000 + wholeBelow(random, LATEST_MS - 20_000) : wholeBelow(random, 3000);
}

/** A release a day, the former one still about. */
function releaseOf(random: Random, slot: number): number {
  const day = Math.floor(slot / (DAY / SLOT));
  return (((day - (random() < 0.3 ? 1 : 0)) % 1000) + 1000) % 1000;
}

function tagsOf(random: Random, who: Character): Record<string, string> {
  const tags: Record<string, string> = { 'os.name': pick(random, SYSTEMS) };
  if (who.project.slug === 'web') tags['browser.name'] = pick(random, BROWSERS);
  if (random() < 0.5) tags['shard'] = String(wholeBelow(random, 4));
  for (const key of who.scene.tags(who.project)) tags[key] ??= pick(random, VALUES);
  return tags;
}

/** An event that belongs to no issue. */
export function orphanOf(seed: number, like: Character, place: Place, k: number): SandboxEvent {
  const [event] = makeEvents(seed + k + 1, like, place, 1);
  if (event === undefined) throw new Error('no event');
  return { ...event, issueId: null };
}
