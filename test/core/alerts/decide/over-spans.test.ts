import assert from 'node:assert/strict';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { at, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';

const LOUD = issueIn('7', 150, { users: 60 });
const WITHIN = { kind: 'issue', id: '7', title: LOUD.title, project: LOUD.project, url: LOUD.url };

/** An issue with events in the first window alone, decided window by window, or the others late and at once. */
async function toldOf(rule: Rule, isAtOnce = false) {
  const engine = startEngine();
  const [first, ...rest] = [1, 2, 3].map((window) =>
    factsIn('crm', at(window), { issues: window === 1 ? [LOUD] : [] }),
  );
  await engine.decide([first!], [rule]);
  for (const some of isAtOnce ? [rest] : rest.map((it) => [it])) await engine.decide(some, [rule]);
  const tellings = await engine.tellings();
  return tellings.map(({ news, window, alert: { subject } }) => [news, (window - at(0)) / 300_000, subject]);
}

describe('an issue that has enough over several windows, and no event in the last', () => {
  const hold = { each: 'issue', hold: 2 } as const;
  for (const rule of [ruleOf('events > 100 in 15m', hold), ruleOf('users > 50 in 15m', hold)])
    for (const isAtOnce of [false, true])
      it(`is told by its title: ${rule.sentence}${isAtOnce ? ', late' : ''}`, async () =>
        assert.deepEqual(await toldOf(rule, isAtOnce), [['firing', 2, WITHIN]]));

  it('is left out by what is known of it, and by nothing else', async () => {
    const except = (pattern: string) => ({ ...hold, except: [{ property: 'title', pattern }] as const });
    assert.deepEqual(await toldOf(ruleOf('events > 100 in 15m', except('error*'))), []);
    assert.deepEqual(await toldOf(ruleOf('events > 100 in 15m', except('other*'))), [['firing', 2, WITHIN]]);
  });

  it('is known where the source alone has counted it over the span', async () => {
    const engine = startEngine();
    const rule = ruleOf('users > 50 in 15m', { each: 'issue' });
    const spans = [{ spanMs: 900_000, users: 60, issues: { 7: 51 }, issuesAbove: 50 }];
    await engine.decide([factsIn('crm', at(1), { issues: [issueIn('7', 5, { users: 5 })] })], [rule]);
    await engine.decide([factsIn('crm', at(2), { spans })], [rule]);
    assert.deepEqual(
      (await engine.tellings()).map(({ alert }) => alert.subject.title),
      [LOUD.title],
    );
  });
});
