import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';

describe('a release that is marked', () => {
  let bench: AlertBench;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    bench = await openAlertBench();
    env = { LEDGER_URL: bench.ledgerUrl };
  });
  afterEach(() => bench.close());

  async function mark(url: string, body: object): Promise<readonly [number, Json]> {
    const answer = await fetch(`${url}/deploys`, { method: 'POST', body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  }
  /** Windows, one after the other, each in its own run. */
  async function go(post: () => Promise<unknown>, from: number, to: number): Promise<void> {
    for (let window = from; window <= to; window++) {
      bench.at(window);
      await post();
    }
  }
  const told = (): readonly string[] =>
    bench.receiver.taken.map(({ alerts }) => alerts.map(({ subject }: Json) => String(subject.id)).join());

  it('gathers what is new in its time into one message after it, and ends by itself', async () => {
    bench.fill(0, 3, 101);
    bench.fill(1, 3, 102);
    bench.fill(2, 3, 103);
    bench.fill(4, 3, 104);
    bench.fill(6, 3, 105);
    const service = await bench.serveRules(['new'], { env });
    await go(service.post, 0, 0);
    // From half past seven on, for ten minutes: the windows of 10:05, 10:10 and 10:15.
    const [status, made] = await mark(service.url, { filter: 'shop', release: '1.4.2', minutes: 10 });
    assert.deepEqual([status, Object.keys(made)], [200, ['filter', 'release', 'since', 'until']]);
    assert.equal(Date.parse(made.until) - Date.parse(made.since), 600_000);
    await go(service.post, 1, 3);
    assert.equal(bench.receiver.taken.length, 1, 'it waits');
    await go(service.post, 4, 6);
    const [first, ...others] = told();
    assert.equal(first, '101');
    assert.deepEqual(others.toSorted(), ['102,103', '104', '105']);
  });

  it('lets pass what is critical, and what a release does not bring about', async () => {
    bench.fill(0, 101, 101);
    const service = await bench.serveRules([{ when: 'new', severity: 'critical' }, 'events > 100', 'trending'], {
      env,
    });
    assert.equal((await mark(service.url, { filter: 'shop', release: '1.4.2' }))[0], 200);
    bench.fill(1, 101, 102);
    await go(service.post, 0, 1);
    assert.deepEqual(
      bench.receiver.taken.map(({ alerts }) => alerts.map(({ rule, subject }: Json) => `${rule} ${subject.id}`)),
      [['new 101', 'events > 100 shop', 'trending 101'], ['new 102']],
    );
  });

  it('is of a team as well; what is wrong is said', async () => {
    bench.fill(1, 3, 101);
    const service = await bench.serveRules(['new'], { env, filter: { team: 'crm' } });
    assert.equal((await mark(service.url, { team: 'crm', release: '1.4.2', minutes: 5 }))[0], 200);
    await go(service.post, 0, 1);
    assert.deepEqual(bench.receiver.taken, []);
    for (const [body, detail] of [
      [{ release: '1' }, 'says not what is released; write filter or team'],
      [{ filter: 'shop', team: 'crm', release: '1' }, 'says both; write filter or team'],
      [{ filter: 'desk', release: '1' }, 'no filter is named "desk"; there are shop'],
      [{ team: 'desk', release: '1' }, 'no team is named "desk"; there are crm'],
      [{ filter: 'shop' }, 'release is empty; write it'],
      [{ filter: 'shop', release: '1', minutes: 2000 }, 'minutes must be a whole number from 1 to 1440'],
      [{ filter: 'shop', release: '1', for: '1h' }, '"for" is not known; there are filter, team, release, minutes'],
    ] as const)
      assert.deepEqual(
        [await mark(service.url, body)].map(([status, answer]) => [status, answer.detail]),
        [[400, detail]],
      );
  });

  it('needs a ledger', async () => {
    const service = await bench.serveRules(['new']);
    const [status, { detail }] = await mark(service.url, { filter: 'shop', release: '1' });
    assert.deepEqual([status, detail], [400, '/deploys needs a ledger, and this service has none; set LEDGER_URL']);
  });
});
