import assert from 'node:assert/strict';
import type { KeptDeps } from '../../../src/app/alerting/deps.ts';
import { createDutyBook } from '../../../src/app/alerting/reminders/duties.ts';
import { createPeopleBook } from '../../../src/app/alerting/reminders/people-book.ts';
import { watchTold } from '../../../src/app/alerting/told.ts';
import { createClock } from '../../support/time/clock.ts';

const TALLY = { firing: { critical: 1, warning: 0, info: 2 }, pending: 3, waitedMs: 7, unheard: [] as string[] };

function toldBy(
  over: {
    readonly tally?: () => Promise<typeof TALLY>;
    readonly channels?: readonly object[];
    readonly made?: readonly string[];
  } = {},
) {
  const heard: string[] = [];
  const asked: (readonly string[])[] = [];
  const { tally = async () => TALLY, channels = [{}], made = [] } = over;
  const filters = [{ name: 'crm', alerts: [{}] }, { name: 'web' }];
  const watches =
    channels.length === 0
      ? []
      : [
          { name: 'github', rules: [{}] },
          { name: 'bare', rules: [] },
        ];
  const told = watchTold({
    ...createClock(),
    channels: made.map((name) => ({ channel: { name }, budget: null })),
    duties: createDutyBook(),
    sheetPeople: createPeopleBook(),
    inForce: () => ({
      people: [],
      channels,
      digests: [],
      reminders: [],
      watches,
      filters: channels.length === 0 ? [] : filters,
    }),
    adminChannel: undefined,
    outbox: { tally: (names: readonly string[]) => (asked.push(names), tally()) },
    watch: { posted: (channel: string, outcome: string) => void heard.push(`${channel} ${outcome}`) },
  } as unknown as KeptDeps);
  return { told, heard, asked };
}

describe('how people are told, in numbers', () => {
  it('are what the ledger counts of the filters and watches with rules', async () => {
    const { told, asked } = toldBy();
    assert.deepEqual([await told.tally(), asked], [TALLY, [['crm', 'github']]]);
  });

  it('name channels that reach nobody, of those that are in use', async () => {
    const tally = async () => ({
      ...TALLY,
      unheard: ['crm', 'gone', 'console', 'boss/a@example.com', 'boss/b@example.com'],
    });
    const { told } = toldBy({
      tally,
      channels: ['crm', 'boss/a@example.com', 'boss/b@example.com'].map((name) => ({ name, file: 'a', line: 1 })),
      made: ['crm', 'gone', 'console', 'boss/a@example.com', 'boss/b@example.com'],
    });
    assert.deepEqual((await told.tally())?.unheard, ['crm', 'console', 'boss']);
  });

  it('are unknown where the ledger fails or does not answer, and where nobody is to be told anything', async () => {
    assert.equal(await toldBy({ tally: () => Promise.reject(new Error('down')) }).told.tally(), null);
    assert.equal(await toldBy({ tally: () => new Promise<never>(() => undefined) }).told.tally(), null);
    const { told, asked } = toldBy({ channels: [] });
    assert.deepEqual([await told.tally(), told.takeLost(), asked], [null, null, []]);
  });

  it('count what was lost since the last time, and pass all on', () => {
    const { told, heard } = toldBy();
    for (const outcome of ['sent', 'retry', 'refused', 'given_up', 'uncertain'] as const) told.posted('ops', outcome);
    assert.deepEqual([told.takeLost(), told.takeLost()], [3, 0]);
    assert.deepEqual(heard, ['ops sent', 'ops retry', 'ops refused', 'ops given_up', 'ops uncertain']);
  });
});
