import assert from 'node:assert/strict';
import type { Sandbox } from '../../../../sandbox/index.ts';
import { at, box, type Json, table } from '../../support.ts';

describe('sandbox: pages of the events table', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addEvents(Array.from({ length: 250 }, (_, i) => at(i, { project: 'web', issue: 1000 + i })));
  });
  after(() => sandbox.close());

  const ids = (body: Json): number[] => body.data.map((row: Json) => row['issue.id']);
  const links = (header: string | null): string[] =>
    [...(header ?? '').matchAll(/rel="(\w+)"; results="(\w+)"; cursor="([^"]+)"/g)].map((m) => m.slice(1).join(' '));

  it('ends with results="false", never without next', async () => {
    const sorted = 'field=issue.id&field=count()&sort=-count()&sort=issue.id';
    const first = await table(sandbox, sorted);
    assert.deepEqual(links(first.headers.get('link')), ['previous false 0:0:1', 'next true 0:100:0']);
    const last = await table(sandbox, `${sorted}&cursor=0:200:0`);
    assert.deepEqual(links(last.headers.get('link')), ['previous true 0:100:1', 'next false 0:300:0']);
    assert.deepEqual(
      ids(last.body),
      Array.from({ length: 50 }, (_, i) => 1200 + i),
    );
    assert.equal(ids((await table(sandbox, `${sorted}&per_page=7&cursor=0:7:0`)).body)[0], 1007);
  });

  it('points its links at another host', async () => {
    const { headers } = await table(sandbox, 'field=issue.id&field=count()');
    assert.match(headers.get('link') ?? '', /<http:\/\/internal\.sentry\.example\.com\/api\/0\//);
  });

  it('leaves the link out with noPagination', async () => {
    assert.equal((await table(sandbox, 'field=issue.id&field=count()&noPagination=1')).headers.get('link'), null);
  });

  it('shuffles what the sort leaves open, each time anew', async () => {
    const once = ids((await table(sandbox, 'field=issue.id&field=count()&sort=-count()')).body);
    const again = ids((await table(sandbox, 'field=issue.id&field=count()&sort=-count()')).body);
    assert.notDeepEqual(once, again);
    const total = 'field=issue.id&field=count()&sort=-count&sort=issue.id';
    assert.deepEqual(ids((await table(sandbox, total)).body), ids((await table(sandbox, total)).body));
  });

  it('gives the same shuffles for the same seed and requests', async () => {
    const orders = await Promise.all(
      [0, 1].map(async () => {
        const other = await box({ seed: 5 });
        other.world.addProject({ slug: 'web' });
        other.world.addEvents(Array.from({ length: 30 }, (_, i) => at(i, { project: 'web', issue: 1000 + i })));
        const { body } = await table(other, 'field=issue.id&field=count()');
        await other.close();
        return ids(body);
      }),
    );
    assert.deepEqual(orders[0], orders[1]);
    assert.notDeepEqual(
      orders[0],
      [...(orders[0] ?? [])].sort((a, b) => a - b),
    );
  });
});

describe('sandbox: a window of 50,000 events', () => {
  it('is taken in and counted whole', async () => {
    const sandbox = await box();
    sandbox.world.addProject({ slug: 'web' });
    for (let i = 0; i < 500; i++)
      sandbox.world.addEvents([
        at(i % 300, {
          project: 'web',
          issue: 1 + (i % 200),
          user: `id:${String(i)}`,
          title: `E: ${String(i % 7)}`,
          repeat: 100,
        }),
      ]);
    const { body } = await table(sandbox, 'field=count()&field=count_unique(user)&query=message:e');
    assert.deepEqual(body.data, [{ 'count()': 50_000, 'count_unique(user)': 500 }]);
    const rows = await table(sandbox, 'field=issue.id&field=count()&sort=-count()&sort=issue.id');
    assert.deepEqual(rows.body.data[0], { 'issue.id': 1, 'count()': 300 });
    await sandbox.close();
  });
});
