import assert from 'node:assert/strict';
import { KINDS, type Kinds } from '../../../../src/core/alerts/judge/kinds.ts';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { at, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

const RULES = [
  ruleOf('new'),
  ruleOf('trending'),
  ruleOf('events > 100'),
  ruleOf('events > 20', { each: 'issue' }),
  ruleOf('top 10 of 7d > 200'),
];

/** Every tenth is new, every hundredth trends. */
function busy(window: number, issues: number): WindowFacts {
  return factsIn('crm', at(window), {
    events: issues * 13,
    issues: Array.from({ length: issues }, (_, index) =>
      issueIn(`i${index}`, index % 26, {
        isNew: index % 10 === 0,
        firstSeen: at(window),
        trending: index % 100 === 0,
        score: 9,
        expected: 1,
      }),
    ),
  });
}

/** Kinds that count how often a subject is judged. */
function counting(): { readonly kinds: Kinds; judged(): number } {
  let count = 0;
  const kinds = Object.fromEntries(
    Object.entries(KINDS).map(([name, kind]) => {
      const judge = (...args: Parameters<typeof kind.judge>) => {
        const ofOne = kind.judge(...(args as [never, never]));
        return (id: string) => (count++, ofOne(id));
      };
      return [name, { ...kind, judge }];
    }),
  ) as unknown as Kinds;
  return { kinds, judged: () => count };
}

describe('a window with ten thousand issues and five rules', () => {
  it('costs as many statements as one with a single issue, and each rule judges what it may tell of once', async () => {
    const [one, many] = [startEngine(), startEngine()];
    await one.decide([busy(1, 1)], RULES);
    const { kinds, judged } = counting();
    await many.decide([busy(1, 10_000)], RULES, { kinds });

    assert.deepEqual(
      many.asked.filter((it) => it !== 'issues'),
      one.asked.filter((it) => it !== 'issues'),
    );
    assert.ok(many.asked.length <= 8, many.asked.join(' '));
    // 1,000 are new, 100 trend, 1,920 have more than 20 events (five of 26), and one filter is judged.
    const most = 1_000 + 100 + 1_920 + 1;
    assert.ok(judged() <= most, `${judged()} judged`);
  });
});
