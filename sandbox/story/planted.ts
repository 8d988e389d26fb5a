import type { Planted } from '../types.ts';
import type { Character } from './cast.ts';
import { AWAKE, BLOCK, type Boost, boosted, hourFactor, sinceReturn, SLEEP_CYCLE } from './plan.ts';
import type { Script } from './script.ts';

/** What the story does on purpose and that starts in [from, to), by start. */
export function plantedIn(script: Script, from: number, to: number): Planted[] {
  const first = script.slotOf(from);
  const last = script.slotOf(to - 1);
  const found: Planted[] = [];
  for (let block = Math.floor(first / BLOCK); block <= Math.floor(last / BLOCK); block++) {
    const { boosts, arrivals } = script.plan(block);
    for (const boost of boosts) found.push(ofBoost(script, boost));
    for (const { kind, slot, index } of arrivals) {
      const who = need(script, index);
      found.push(
        entry(script, who, {
          kind,
          slot,
          slots: kind === 'new' ? 6 : 1,
          usual: 0,
          rate: kind === 'new' ? who.rate : 1,
        }),
      );
    }
  }
  found.push(...returns(script, first, last));
  return found.filter((one) => one.start >= from && one.start < to).sort((a, b) => a.start - b.start);
}

function ofBoost(script: Script, boost: Boost): Planted {
  const who = need(script, boost.index);
  const height = boost.kind === 'surge' ? boost.slot : boost.slot + boost.slots - 1;
  const usual = who.rate * hourFactor(height);
  return entry(script, who, {
    kind: boost.kind,
    slot: boost.slot,
    slots: boost.slots,
    usual,
    rate: boosted(boost, height, usual),
  });
}

function returns(script: Script, first: number, last: number): Planted[] {
  return script.cast
    .filter((who) => who.kind === 'sleeper')
    .flatMap((who) => {
      const found: Planted[] = [];
      for (
        let slot = first + ((SLEEP_CYCLE - sinceReturn(who.index, first)) % SLEEP_CYCLE);
        slot <= last;
        slot += SLEEP_CYCLE
      ) {
        found.push(entry(script, who, { kind: 'regressed', slot, slots: AWAKE, usual: 0, rate: who.rate }));
      }
      return found;
    });
}

function entry(
  script: Script,
  who: Character,
  facts: Pick<Planted, 'kind' | 'slot' | 'slots' | 'usual' | 'rate'>,
): Planted {
  return { ...facts, start: script.startOf(facts.slot), issue: who.id, project: who.project.slug };
}

function need(script: Script, index: number): Character {
  const who = script.character(index);
  if (who === undefined) throw new Error(`no character ${String(index)}`);
  return who;
}
