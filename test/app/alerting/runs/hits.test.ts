import assert from 'node:assert/strict';
import { hitsIn } from '../../../../src/app/alerting/runs/hits.ts';
import type { Hits } from '../../../../src/core/model/ticketing/content.ts';
import type { TicketIssue } from '../../../../src/core/model/ticketing/ticket.ts';
import { issueAlerts } from '../../../support/alerting/messages.ts';
import { scopeOf } from '../../../support/build/scope.ts';

describe('events of issues that are told', () => {
  const { log } = scopeOf();
  const [one, other] = issueAlerts(2).map((alert, n) => ({ ...alert, id: `alert-${n}` }));
  const hits: Hits = { listed: [{ at: 1, user: 'ann', url: null }], more: 3 };

  it('are forty of one, and fewer of each of several; of what nobody knows there are none', async () => {
    const asked: unknown[] = [];
    const tickets = {
      hits: async ({ id, project }: TicketIssue, limit: number): Promise<Hits> => {
        asked.push([project, id, limit]);
        return id === one!.subject.id ? hits : { listed: [], more: 0 };
      },
    };
    const of = hitsIn({ tickets, log })!;
    assert.deepEqual([...(await of([one!]))], [['alert-0', hits]]);
    const odd = { ...other!, subject: { ...other!.subject, project: undefined } };
    assert.deepEqual([...(await of([one!, odd]))], [['alert-0', hits]]);
    const { project } = one!.subject;
    assert.deepEqual(asked, [
      [project, one!.subject.id, 40],
      [project, one!.subject.id, 20],
      ['', odd.subject.id, 20],
    ]);
  });

  it('are left out while the ledger is away, and where there are no tickets', async () => {
    const of = hitsIn({ tickets: { hits: () => Promise.reject(new Error('away')) }, log })!;
    assert.equal((await of([one!])).size, 0);
    assert.ok(log.texts().includes('told without events'));
    assert.equal(hitsIn({ log }), undefined);
  });
});
