import { BackupTrouble } from '../../../core/backup/trouble.ts';
import type { Facts } from '../../../core/ports/backup/item.ts';

const MOST_SHOWN = 5;

/** Throws with what is not the same; of much of it the first. */
export function mustBeSame(found: Facts, wanted: Facts): void {
  const names = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  const wrong = [...names].filter((name) => found[name] !== wanted[name]);
  fail(wrong.map((name) => `${name} is ${text(found[name])}, and was ${text(wanted[name])}`));
}

/** The same where it changed meanwhile: each fact is one of both, or a number in between. */
export function mustLieBetween(found: Facts, before: Facts, after: Facts): void {
  const names = new Set([before, after, found].flatMap((it) => Object.keys(it)));
  const wrong = [...names].filter((name) => !liesBetween(found[name], before[name], after[name]));
  fail(wrong.map((name) => `${name} is ${text(found[name])}, and was ${text(before[name])} to ${text(after[name])}`));
}

/** NOTE: a sum over contents that changes says nothing of the instant in between. */
function liesBetween(found: Fact, before: Fact, after: Fact): boolean {
  if (before === after) return found === before;
  const numbers = [found, before, after].map((it) => (typeof it === 'string' ? NaN : (it ?? 0))) as [
    number,
    number,
    number,
  ];
  const [own, one, other] = numbers;
  return numbers.some(Number.isNaN) || (own >= Math.min(one, other) && own <= Math.max(one, other));
}

type Fact = Facts[string] | undefined;

function text(fact: Fact): string {
  return fact === undefined ? 'missing' : String(fact);
}

function fail(wrong: readonly string[]): void {
  if (wrong.length === 0) return;
  const more = wrong.length > MOST_SHOWN ? `; and ${wrong.length - MOST_SHOWN} more` : '';
  throw new BackupTrouble(`the copy is not what the ledger is: ${wrong.slice(0, MOST_SHOWN).join('; ')}${more}`);
}
