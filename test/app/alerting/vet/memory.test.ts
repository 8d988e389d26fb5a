import assert from 'node:assert/strict';
import { tooFarBack } from '../../../../src/app/alerting/vet/memory.ts';
import { withoutTickets } from '../../../../src/app/alerting/vet/tickets.ts';
import { workDue } from '../../../../src/app/alerting/work-due.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const filter = (alerts: readonly unknown[] | undefined, given: object = {}, alertLines: readonly number[] = []) =>
  ({ filter: { name: 'crm', tell: 'ops', alerts, ...given }, line: 3, alertLines }) as never;

describe('alerts that need a ledger', () => {
  const said = (...filters: readonly never[]) => tooFarBack({ filters }).map(({ line, text }) => `${line} ${text}`);
  const need =
    'needs a ledger: without one the service remembers a day, and nothing after a restart; set LEDGER_URL, such as sqlite:./ledger.db, or';

  it('look back further than a day', () => {
    assert.deepEqual(said(filter(['top 3 of 7d', 'events > 5 in 36h', 'new', 'no sentence'], {}, [5])), [
      `5 alerts[0]: "top 3 of 7d" ${need} remove it`,
      `3 alerts[1]: "events > 5 in 36h" ${need} write at most 1d`,
    ]);
  });

  it('tell somebody', () => {
    assert.deepEqual(
      said(
        filter(['top 3 of 7d'], { tell: undefined }),
        filter([{ when: 'top 3 of 7d', tell: [] }]),
        filter(undefined),
      ),
      [],
    );
    assert.equal(said(filter([{ when: 'top 3 of 7d', tell: 'x' }, { name: 'none' }])).length, 1);
  });
});

describe('alerts that need tickets', () => {
  it('are those of sentences, and channels of their kind', () => {
    const sentence = 'unticketed for 14d';
    const parts = [
      { section: 'channels', name: 'desk', line: 9, texts: { jira: 'CRM' } },
      { section: 'channels', name: 'ops', line: 10, texts: { slack: '#x' } },
    ] as never;
    const filters = [filter([sentence, { when: sentence }, 'new', {}, 'no sentence'], {}, [5]), filter(undefined)];
    assert.deepEqual(
      withoutTickets({ filters, parts }).map(({ line, text }) => `${line} ${text.slice(0, 10)}`),
      ['5 alerts[0]:', '3 alerts[1]:', '9 channels.d'].map((it) => it.slice(0, 12)),
    );
  });
});

describe('what is due', () => {
  it('is not known where one of it breaks, which the log says', async () => {
    const scope = { ...scopeOf(), close: () => void closed++ };
    let closed = 0;
    const done = { kind: 'outbox', name: 'crm', status: 'done', detail: 'x', left: 2 } as const;
    assert.deepEqual(await workDue([async () => [done], async () => [done]], scope), {
      done: Array.from({ length: 2 }, () => ({ kind: 'outbox', name: 'crm', status: 'done', detail: 'x' })),
      left: 4,
    });
    assert.equal(await workDue([async () => Promise.reject(new Error('odd'))], scope), null);
    assert.deepEqual([scope.log.texts(), closed], [['channels not worked off'], 2]);
  });
});
