import assert from 'node:assert/strict';
import { rules } from '../../../src/commands/rules/index.ts';
import { messageLines, messageTable } from '../../../src/commands/rules/show/messages.ts';
import { channelsOf, channelsTable, rulesTable } from '../../../src/commands/rules/show/tables.ts';
import type { Tried } from '../../../src/commands/rules/show/tried.ts';
import { ruleOf } from '../../support/alerting/engine/rules.ts';
import { alertOf } from '../../support/alerting/tellings.ts';
import { filterOf } from '../../support/build/reports.ts';

const DAY = 86_400_000;
const AT = '2026-11-20T10:05:00.000Z';

describe('a call of rules', () => {
  for (const [args, message] of [
    [[], 'rules needs one of: try'],
    [['show'], 'rules needs one of: try'],
    [['try', '--markdown', '--json'], '--markdown is for people, and --json for machines; leave one out'],
    [['try', '--days', 'x'], '--days: "x" is not a whole number from 1 to 30'],
    [['try', '--days', '31'], '--days: "31" is not a whole number from 1 to 30'],
  ] as const)
    it(`with "${args.join(' ')}" is refused`, async () => {
      await assert.rejects(async () => rules.run(args, {} as never), { message });
    });
});

describe('what rules would have told', () => {
  const escalate = { afterMs: DAY, tell: ['boss'] };
  const filters = [filterOf({ name: 'crm', alerts: [ruleOf('new'), ruleOf('any', { escalate })] })];
  const tried = (messages: Tried['messages']): Tried =>
    ({
      span: { start: 0, end: 2 * DAY },
      history: { basis: 'ledger' },
      filters,
      messages,
      before: undefined,
      was: [],
    }) as never;
  const message = (day: string, state: 'firing' | 'resolved', late = false) => ({
    ...{
      at: AT.replace('20T', `${day}T`),
      channel: 'ops',
      alerts: [alertOf({ filter: 'crm', rule: 'new', state, late })],
    },
  });

  it('is listed with its state, and nothing where it is nothing', () => {
    const all = [message('20', 'firing'), message('20', 'resolved', true)];
    const states = messageLines(all)
      .split('\n')
      .flatMap((line) => /^ {3}(\w+) +crm: new: /.exec(line)?.[1] ?? []);
    assert.deepEqual(states, ['firing', 'was']);
    assert.deepEqual(messageTable([]), []);
    assert.equal((messageTable(all)[0] as unknown as { rows: unknown[] }).rows.length, 2);
  });

  it('is counted by channel and by rule, also of those that tell nothing', () => {
    const rows = (block: unknown) => (block as { rows: unknown }).rows;
    assert.deepEqual(channelsOf(filters, []), ['ops', 'boss']);
    const all = [message('20', 'firing'), message('19', 'firing'), message('20', 'firing')];
    assert.deepEqual(rows(channelsTable(tried(all))), [
      ['ops', '3', '1.5', '2', '2026-11-20', '3'],
      ['boss', '0', '0.0', '0', '-', '0'],
    ]);
    assert.deepEqual(rows(rulesTable(tried(all))), [
      ['crm: new', '3', '3'],
      ['crm: any', '0', '0'],
    ]);
  });
});
