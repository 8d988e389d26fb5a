import assert from 'node:assert/strict';
import { type Work, workDue, worksOf } from '../../../src/app/alerting/work-due.ts';
import { scopeOf } from '../../support/build/scope.ts';

describe('what is due', () => {
  const asked: string[] = [];
  const scope = () => ({ ...scopeOf(), close: () => void asked.push('closed') });
  const work =
    (name: string, left = 0): Work =>
    async () => {
      asked.push(name);
      return [{ kind: 'outbox', name, status: 'done', detail: 'all told', left }];
    };
  beforeEach(() => asked.splice(0));

  it('is done one after the other: people are told before queues are read', async () => {
    const due = await workDue(worksOf({ take: work('queue', 3), tell: work('people', 2) }), scope());
    assert.deepEqual(asked, ['people', 'queue', 'closed']);
    assert.equal(due!.left, 5);
  });

  it('is what there is of it', async () => {
    assert.deepEqual(await workDue(worksOf({}), scope()), { done: [], left: 0 });
    assert.equal((await workDue(worksOf({ take: work('queue') }), scope()))!.done.length, 1);
    assert.deepEqual(asked, ['closed', 'queue', 'closed']);
  });
});
