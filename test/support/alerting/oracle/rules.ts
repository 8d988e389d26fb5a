import fc from 'fast-check';
import type { Condition, Rule } from '../../../../src/core/model/alerting/rule.ts';
import { ruleOf } from '../engine/rules.ts';
import { MINUTE } from '../tellings.ts';
import { DAY } from './world.ts';

const span = fc.constantFrom(5 * MINUTE, 15 * MINUTE, 30 * MINUTE);
const above = fc.constantFrom(0, 20, 100, 200);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>({ kind: 'new' }, { kind: 'regressed' }, { kind: 'any' }),
  fc.constantFrom<Condition>({ kind: 'trending', score: null }, { kind: 'trending', score: 8 }),
  fc.record({ kind: fc.constant('events' as const), above, spanMs: span }),
  fc.record({ kind: fc.constant('users' as const), above, spanMs: fc.constant(5 * MINUTE) }),
  fc.record({
    kind: fc.constant('top' as const),
    first: fc.integer({ min: 1, max: 3 }),
    spanMs: fc.constant(DAY),
    above,
  }),
  fc.constant<Condition>({ kind: 'title', text: 'CARD declined' }),
  fc.record({ kind: fc.constantFrom('none' as const, 'incomplete' as const), spanMs: span }),
);

/** Of sentences that may be about issues or the filter, either. */
const rule: fc.Arbitrary<Rule> = fc
  .record({
    condition,
    ofIssues: fc.boolean(),
    hold: fc.integer({ min: 1, max: 3 }),
    clear: fc.integer({ min: 1, max: 4 }),
    min: fc.constantFrom(0, 0, 5, 60),
    repeatMs: fc.constantFrom(null, 0, 20 * MINUTE),
    resolved: fc.boolean(),
  })
  .map(({ condition: it, ofIssues, hold, clear, min, repeatMs, resolved }) => {
    const isCount = it.kind === 'events' || it.kind === 'users';
    const isOfFilter = it.kind === 'none' || it.kind === 'incomplete' || (isCount && !ofIssues);
    const each = isOfFilter ? 'filter' : 'issue';
    const options = { hold, clear, repeatMs, resolved, min: isOfFilter ? 0 : min };
    const name = JSON.stringify([it, each, options]);
    return ruleOf(name, { condition: it, each, ...options });
  });

export const rules = fc.uniqueArray(rule, { minLength: 1, maxLength: 8, selector: ({ name }) => name });
