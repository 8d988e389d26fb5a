/** Seeded numbers: the same seed gives the same world on every machine. */
export type Random = () => number;

/** FNV-1a over the parts' text; joins a seed with what the numbers are for. */
export function seedOf(...parts: ReadonlyArray<string | number>): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join('\u0001')) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** Joins whole numbers without going through text: for the inner loops of the story. */
export function mixSeed(a: number, b: number, c: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15) ^ c, 0x27d4eb2f);
  return (h ^ (h >>> 13)) >>> 0;
}

/** mulberry32: numbers in [0, 1). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function wholeBelow(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[wholeBelow(random, from.length)];
  if (found === undefined) throw new Error('pick: nothing to pick from');
  return found;
}

/** Knuth below a mean of 30, the rounded normal approximation above. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > floor; product *= random()) count++;
  return count;
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `length` hexadecimal digits. */
export function hex(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    const six = wholeBelow(random, 0x1000000);
    text += THREE_DIGITS[six >>> 12]! + THREE_DIGITS[six & 0xfff]!;
  }
  return text.slice(0, length);
}

/** Each event has an id: for the inner loops of the story as well. */
const THREE_DIGITS = Array.from({ length: 0x1000 }, (_, n) => n.toString(16).padStart(3, '0'));

/** A version 4 UUID. */
export function uuidFrom(random: Random): string {
  const digits = hex(random, 32);
  const variant = (8 + wholeBelow(random, 4)).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20),
  ].join('-');
}
