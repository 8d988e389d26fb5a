import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KeptAlert } from '../../../../src/core/ports/alerting/alert-store.ts';
import { startEngine } from '../engine/engine.ts';
import { expectedOf } from './oracle.ts';
import { rules } from './rules.ts';
import { FIRST, factsOf, PERIOD, world } from './world.ts';

/** What is raised is what plain loops over the same windows say. */
export async function raisesWhatIsMeant(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(world, rules, async (all, some) => {
      const engine = startEngine();
      for (const facts of factsOf(all)) await engine.decide([facts], some);
      const kept = await engine.alerts.look(async (trx) => (await trx.alerts([{ filter: 'crm', at: 0 }])).get('crm'));
      assert.deepEqual((kept ?? []).map(text).sort(), expectedOf(all, some));
    }),
    { numRuns },
  );
}

function text({ rule, alert: { id, subject, state }, since, until }: KeptAlert): string {
  const window = (at: number): number => (at - FIRST) / PERIOD;
  const ofItself = /\/((?:un)?steady)$/.exec(id)?.[1];
  const told = `${ofItself === undefined ? '' : `${ofItself} `}${window(until!)}`;
  const when = state === 'told' ? told : `${window(since)}–${until === null ? '' : window(until)}`;
  return `${rule}: ${subject.id} ${when}`;
}
