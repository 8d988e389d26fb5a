import assert from 'node:assert/strict';
import { tryRules } from '../../../../src/core/alerts/trial/try-rules.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { at } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { DAY, MINUTE } from '../../../support/alerting/tellings.ts';
import { channelsOf } from '../../../support/alerting/whole/live.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';

/** What is told of six windows, the first three of which are only looked back at. */
async function toldBy(...sentences: readonly string[]): Promise<readonly string[]> {
  const rules = sentences.map((sentence) => ruleOf(sentence));
  const history = [1, 2, 3, 4, 5, 6].map((window) => {
    const events = window === 6 ? 20 : 101;
    return factsIn('crm', at(window), { events, issues: [issueIn('7', events, { isNew: window === 1 })] });
  });
  const tried = await tryRules({
    filters: [filterOf({ name: 'crm', alerts: rules })],
    history,
    from: at(4),
    channels: channelsOf([{ name: 'ops', budget: null, quiet: null, severity: 'info' }], () => assert.fail('sent')),
    mutes: [],
    delayMs: 2 * MINUTE,
    pageOf: () => null,
    memory: (now) => memoryAlerts(now, { windowsMs: 2 * DAY, daysMs: 90 * DAY, messagesMs: Infinity }),
    scope: scopeOf(),
  });
  return tried.flatMap((message) =>
    message.alerts.map(({ rule, state }) => `${rule} ${state} ${message.at.slice(11, 16)}`),
  );
}

describe('a trial that begins after its history', () => {
  it('tells once what a rule that is new would, and counts what was before', async () => {
    assert.deepEqual(await toldBy('top 3 of 1d'), ['top 3 of 1d told 10:20']);
    assert.deepEqual(await toldBy('title has "card"', 'new'), []);
  });

  it('knows what lasts by then', async () => {
    assert.deepEqual(await toldBy('events > 100', 'top 3 of 1d'), [
      'events > 100 firing 10:05',
      'top 3 of 1d told 10:20',
    ]);
    assert.deepEqual(await toldBy('events > 100 in 15m'), ['events > 100 in 15m firing 10:05']);
  });
});
