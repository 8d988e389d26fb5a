import assert from 'node:assert/strict';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { GapPart } from '../../../../src/core/model/gap.ts';
import { DAY_MS, PERIOD_MS } from '../../../../src/core/model/window.ts';
import type { Decision } from '../../../../src/core/ports/alerting/decider.ts';
import { watchDecisions } from '../../../../src/core/telling/own/tell-decisions.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn } from '../../../support/alerting/stage.ts';
import { filterOf } from '../../../support/build/reports.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const FILTER = filterOf({ name: 'crm', alerts: [ruleOf('new'), ruleOf('events > 100'), ruleOf('trending')] });

function stage() {
  const told: string[] = [];
  const watch = watchDecisions({
    tell: async (kind) => told.push(kind) > 0,
    tellDaily: async (kind, line) => void told.push(`${kind}: ${line}`),
  });
  const note = (facts: WindowFacts, given: Partial<Decision> = {}): Promise<void> => {
    const nothing = { tellings: [], broken: [], unjudged: [], isOutdated: false };
    return watch.note({ filter: 'crm', window: facts.window.start, ...nothing, ...given }, { filter: FILTER, facts });
  };
  return { told, note };
}

const lacking = (window: number, ...lacks: readonly GapPart[]) => factsIn('crm', AT + window * PERIOD_MS, { lacks });

describe('what the admin hears of decisions', () => {
  it('is each rule that breaks, and each subject that could not be judged within a day', async () => {
    const { told, note } = stage();
    await note(lacking(0), {
      broken: [{ rule: 'new', error: 'no seven' }],
      unjudged: [{ filter: 'crm', rule: 'new', subject: '7' }],
    });
    assert.deepEqual(told, [
      'rule/crm/new',
      'unjudged/crm/new: The rule "new" of crm could not be judged within a day for 7, and is not told of it. ' +
        'What else is so in the next 24 hours is not said.',
    ]);
  });

  it('is one line a rule, however many subjects could not be judged', async () => {
    const { told, note } = stage();
    const subjects = Array.from({ length: 500 }, (_, index) => `i${index}`);
    await note(lacking(0), {
      unjudged: ['new', 'any'].flatMap((rule) => subjects.map((subject) => ({ filter: 'crm', rule, subject }))),
    });
    assert.deepEqual(
      told.map((line) => line.slice(0, 90)),
      [
        'unjudged/crm/new: The rule "new" of crm could not be judged within a day for i0, i1, i2, i',
        'unjudged/crm/any: The rule "any" of crm could not be judged within a day for i0, i1, i2, i',
      ],
    );
    assert.match(told[0]!, / i8, i9 and 490 more, and is not told of it/);
  });

  it('is a rule whose part of the report is missing for a day, and no other one', async () => {
    const { told, note } = stage();
    const windows = DAY_MS / PERIOD_MS;
    for (let window = 0; window < windows - 1; window++) await note(lacking(window, 'baselines'));
    assert.deepEqual(told, []);
    await note(lacking(windows - 1, 'baselines'));
    assert.deepEqual(told, [
      'blind/crm/trending: The rule "trending" of crm could not be judged since 2026-11-20T10:00:00.000Z: ' +
        'each report lacks its baselines.',
    ]);
    await note(lacking(windows));
    for (let window = 1; window < windows; window++) await note(lacking(windows + window, 'baselines'));
    assert.equal(told.length, 1);
  });
});
