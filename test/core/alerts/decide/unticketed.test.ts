import assert from 'node:assert/strict';
import { at, startEngine } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';

const DAY = 288;
const DAY_MS = 86_400_000;
const RULE = ruleOf('unticketed for 14d', {
  condition: { kind: 'unticketed', spanMs: 14 * DAY_MS },
  each: 'issue',
  repeatMs: DAY_MS,
});

describe('issues without a ticket', () => {
  /** Windows by their numbers, after a first one in which nothing happens. */
  async function told(windows: readonly (readonly [number, Parameters<typeof issueIn>[2]])[]) {
    const engine = startEngine();
    await engine.decide([factsIn('crm', at(1), { issues: [] })], [RULE]);
    for (const [window, issue] of windows)
      await engine.decide([factsIn('crm', at(window), { issues: [issueIn('7', 50, issue)] })], [RULE]);
    return engine;
  }
  const touched = (days: number, window: number) => ({
    ticket: { key: 'CRM-12', touchedAt: at(window) + 300_000 - days * DAY_MS },
  });
  const next = 1 + DAY;

  it('are told once a day, and not in the first day of the rule', async () => {
    const none = { ticket: null };
    const engine = await told([
      [2, none],
      [DAY, none],
      [next, none],
      [next + 1, none],
      [next + DAY - 1, none],
      [next + DAY, none],
    ]);
    assert.deepEqual(await engine.told(), [`told ops 7@${next}`, `told ops 7@${next + DAY}`]);
    assert.match(
      (await engine.tellings())[0]!.alert.why,
      /^50 events in \d\d:\d\d–\d\d:\d\d UTC of an issue without a ticket$/,
    );
  });

  it('are those whose ticket was touched 15 days ago, not those of 13 days ago', async () => {
    assert.deepEqual(await (await told([[next, touched(13, next)]])).told(), []);
    const engine = await told([[next, touched(15, next)]]);
    assert.deepEqual(await engine.told(), [`told ops 7@${next}`]);
    assert.match((await engine.tellings())[0]!.alert.why, /of an issue whose ticket CRM-12 was touched 15 days ago$/);
  });

  it('are not those of which nobody knows their tickets', async () =>
    assert.deepEqual(await (await told([[next, {}]])).told(), []));

  it('are one summary where there are more than ten', async () => {
    const engine = await told([]);
    const issues = Array.from({ length: 50 }, (_, index) => issueIn(`${index}`, 1, { ticket: null }));
    await engine.decide([factsIn('crm', at(next), { issues })], [RULE]);
    const tellings = await engine.tellings();
    assert.equal(tellings.length, 50);
    assert.equal(new Set(tellings.map(({ summary }) => summary)).size, 1);
    assert.notEqual(tellings[0]!.summary, null);
  });
});
