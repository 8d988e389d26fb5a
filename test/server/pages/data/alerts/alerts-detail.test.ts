import assert from 'node:assert/strict';
import { explainTold } from '../../../../../src/core/alerts/explain/explain-told.ts';
import { PERIOD_MS } from '../../../../../src/core/model/window.ts';
import type { Outbox } from '../../../../../src/core/ports/alerting/outbox.ts';
import { alertsDetail } from '../../../../../src/server/pages/data/alerts/alerts-detail.ts';
import { at, startEngine } from '../../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../../support/alerting/engine/rules.ts';
import { fakeChannel, relayBench } from '../../../../support/alerting/relay.ts';
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

  it('say as the command does that a message which its channel did not take so far fails, in two questions', async () => {
    const engine = startEngine();
    const channel = fakeChannel({ name: 'ops' });
    channel.answers.push({ status: 'retry', why: 'answered 503' });
    const relay = relayBench([channel], { ...engine, set: () => undefined });
    const rules = [ruleOf('events > 100')];
    await engine.decide([factsIn('crm', at(1), { events: 101 })], rules);
    const [filter, span] = [filterOf({ name: 'crm', alerts: rules }), { start: at(1), end: at(1) + PERIOD_MS }];
    const asked: string[] = [];
    const outbox = counted(engine.outbox, asked);
    const said = async () => {
      asked.length = 0;
      const detail = await alertsDetail(
        filter,
        { span, current: span, report: null },
        { ...engine, outbox, channels: () => [], mutes: async () => [] },
      );
      return detail!.rules[0]!.lines.map(({ decision, why }) => `${decision}: ${why}`);
    };
    const why = '101 events in 10:00–10:05 UTC (limit 100)';

    await relay.pass();
    const ends = 'pending after 1 try: answered 503, tried again from 2026-11-20 10:08 UTC on';
    assert.deepEqual(await said(), [`failing: ${why}; ${ends}`]);
    assert.deepEqual(asked, ['tellings', 'messagesOf', 'tellingsOf', 'acknowledged']);
    const command = await explainTold({ filter, at: at(1) }, engine);
    assert.deepEqual(
      command.map((line) => `${line.decision}: ${line.why}`),
      await said(),
    );

    relay.now += PERIOD_MS;
    await engine.decide([factsIn('crm', at(2), { events: 101 })], rules);
    await relay.pass();
    assert.deepEqual(await said(), [`told: ${why}`]);
    assert.deepEqual(asked, ['tellings', 'tellingsOf', 'acknowledged'], 'of what was told no message is read');
  });
});

/** Notes what is asked of it, by name. */
function counted(outbox: Outbox, asked: string[]): Outbox {
  return new Proxy(outbox, {
    get(target, name: keyof Outbox) {
      asked.push(name);
      return target[name];
    },
  });
}
