import assert from 'node:assert/strict';
import { PERIOD_MS } from '../../../../../src/core/model/window.ts';
import { alertsDetail } from '../../../../../src/server/pages/data/alerts/alerts-detail.ts';
import { at, startEngine } from '../../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../../support/alerting/engine/rules.ts';
import { factsIn } from '../../../../support/alerting/stage.ts';
import { filterOf } from '../../../../support/build/reports.ts';

describe('the alerts of a filter on its page', () => {
  it('say of two rules with one sentence what each told, and to whom', async () => {
    const rules = [ruleOf('events > 100'), ruleOf('events > 100', { name: 'night', tell: ['boss'], hold: 2 })];
    const engine = startEngine();
    await engine.decide([factsIn('crm', at(1), { events: 101 })], rules);
    const current = { start: at(1), end: at(1) + PERIOD_MS };
    const asked = { span: current, current, report: null };
    const detail = await alertsDetail(filterOf({ name: 'crm', alerts: rules }), asked, {
      ...engine,
      channels: () => [],
      mutes: async () => [],
    });

    assert.deepEqual(
      detail?.rules.map(({ name, lines }) => [name, lines.map((it) => `${it.recipients.join()} ${it.decision}`)]),
      [
        ['events > 100', ['ops told']],
        ['night', ['boss not yet']],
      ],
    );
  });
});
