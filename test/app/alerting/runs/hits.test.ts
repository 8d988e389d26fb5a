import assert from 'node:assert/strict';
import { hitsIn } from '../../../../src/app/alerting/runs/hits.ts';
import type { Hits } from '../../../../src/core/model/ticketing/content.ts';
import type { TicketIssue } from '../../../../src/core/model/ticketing/ticket.ts';
import { issueAlerts } from '../../../support/alerting/messages.ts';
import { scopeOf } from '../../../support/build/scope.ts';

describe('events of issues that are told', () => {
  const { log } = scopeOf();
  const [one, other] = issueAlerts(2).map((alert, n) => ({ ...alert, id: `alert-${n}` }));
  const asking = { log, openScope: () => ({ ...scopeOf({ deadline: 60_000 }), close: () => undefined }), now: () => 0 };
  const sourceHits = async () => null;
  const hits: Hits = { listed: [{ at: 1, user: 'ann', url: null }], more: 3 };

  it('are forty of one, and fewer of each of several; of what nobody knows there are none', async () => {
    const asked: unknown[] = [];
    const tickets = {
      sourceHits,
      hits: async ({ id, project }: TicketIssue, limit: number): Promise<Hits> => {
        asked.push([project, id, limit]);
        return id === one!.subject.id ? hits : { listed: [], more: 0 };
      },
    };
    const of = hitsIn({ tickets, ...asking })!;
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
    const of = hitsIn({ tickets: { sourceHits, hits: () => Promise.reject(new Error('away')) }, ...asking })!;
    assert.equal((await of([one!])).size, 0);
    assert.ok(log.texts().includes('told without events'));
    assert.equal(hitsIn(asking), undefined);
  });

  it('are those of the source where we keep none, within ten seconds, and no more are asked for when it fails', async () => {
    const three = issueAlerts(3).map((alert, n) => ({ ...alert, id: `alert-${n}` }));
    const asked: unknown[] = [];
    const none: Hits = { listed: [], more: 0 };
    const lack: Hits = { ...none, lack: 'Its events could not be read: sentry: answered 500' };
    const answers = [hits, lack];
    const tickets = {
      hits: async () => none,
      sourceHits: async ({ id }: TicketIssue, limit: number, { deadline }: { deadline: number }) => {
        asked.push([id, limit, deadline]);
        return answers.shift() ?? null;
      },
    };
    const found = await hitsIn({ tickets, ...asking })!(three);
    assert.deepEqual([...found.values()], [hits, lack, lack]);
    assert.deepEqual(
      asked,
      three.slice(0, 2).map(({ subject }) => [subject.id, 13, 10_000]),
    );
    assert.equal((await hitsIn({ tickets, ...asking })!([three[0]!])).size, 0, 'no source has any');
  });
});
