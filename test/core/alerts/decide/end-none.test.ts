import assert from 'node:assert/strict';
import { endFilters } from '../../../../src/core/alerts/decide/end-filters.ts';
import { unticketed } from '../../../../src/core/alerts/judge/unticketed.ts';
import type { Moment } from '../../../../src/core/alerts/judge/kind.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';

const DAY = 86_400_000;
const WINDOW = { start: 100 * DAY, end: 100 * DAY + 300_000 };

describe('filters that end', () => {
  it('are none where none is named, or nobody knows them', async () => {
    const { alerts } = memoryAlerts(() => WINDOW.end);
    const asked = { transaction: () => assert.fail('asked') } as never;
    assert.deepEqual(await endFilters([], { alerts: asked, now: WINDOW.end, loadedAt: 0 }), []);
    assert.deepEqual(await endFilters(['gone'], { alerts, now: WINDOW.end, loadedAt: 0 }), []);
  });
});

describe('when a ticket was touched', () => {
  it('is said in days', () => {
    const rule = ruleOf('u', { condition: { kind: 'unticketed', spanMs: 14 * DAY }, each: 'issue' });
    const why = (days: number) => {
      const issue = issueIn('7', 5, { ticket: { key: 'CRM-1', touchedAt: WINDOW.end - days * DAY } });
      const past = { totals: () => [], sums: () => new Map(), issue: () => undefined };
      const facts = factsIn('crm', WINDOW.start, { issues: [issue] });
      const moment: Moment = { filter: 'crm', window: WINDOW, text: 'x', facts, issues: new Map([['7', issue]]), past };
      return unticketed.judge(rule as never, moment)('7').why;
    };
    assert.match(why(0), /CRM-1 was touched today$/);
    assert.match(why(1), /CRM-1 was touched a day ago$/);
    assert.match(why(20), /of an issue whose ticket CRM-1 was touched 20 days ago$/);
  });
});
