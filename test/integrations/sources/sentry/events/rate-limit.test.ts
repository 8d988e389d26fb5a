import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock, gate, NOW } from '../../../../support/time/clock.ts';
import { until } from '../../../../support/time/until.ts';
import { createPages, event, events, page } from '../../../../support/sentry/pages.ts';
import { askOf, projects, readAll, readOne } from '../../../../support/sentry/sentry.ts';

const BOTH = { projects: ['crm-web', 'crm-api'] };

function many(count: number): unknown[] {
  return Array.from({ length: count }, () => event('04:00'));
}

describe('Sentry read by pages: its pace', () => {
  it('is one request a second, one in flight, whatever the number of projects', async () => {
    const clock = createClock();
    const starts: number[] = [];
    let inFlight = 0;
    let most = 0;
    const timed =
      (reply: Reply): Reply =>
      async () => {
        starts.push(clock.now());
        most = Math.max(most, ++inFlight);
        await gate(3);
        inFlight--;
        return reply as object;
      };
    projects();
    events('crm-web', null, timed(page(many(100), 'a')));
    events('crm-web', 'a', timed(page(many(1))));
    events('crm-api', null, timed(page(many(100), 'b')));
    events('crm-api', 'b', timed(page([])));
    await readAll(createPages({ SENTRY_PAGES_PER_SECOND: '1' }, depsOf(clock)), [askOf(BOTH, 'totals')]);
    assert.deepEqual([starts.map((at) => at - NOW), most], [[0, 1000, 2000, 3000], 1]);
  });

  it('SENTRY_PAGES_PER_SECOND=4 is four a second', async () => {
    const deps = depsOf();
    projects();
    events('crm-web', null, page([event('04:00')], 'a'));
    events('crm-web', 'a', page([event('03:00')], 'b'));
    events('crm-web', 'b', page([event('02:00')]));
    await readAll(createPages({ SENTRY_PAGES_PER_SECOND: '4' }, deps), [askOf({}, 'totals')]);
    assert.deepEqual(deps.clock.slept, [250, 250]);
  });

  it('lets no project wait for another one to end', async () => {
    const order: string[] = [];
    const told =
      (name: string, reply: Reply): Reply =>
      () => {
        order.push(name);
        return reply as object;
      };
    projects();
    events('crm-web', null, told('web', page(many(100), 'a')));
    events('crm-web', 'a', told('web', page(many(100), 'b')));
    events('crm-web', 'b', told('web', page([])));
    events('crm-api', null, told('api', page([event('04:00')])));
    await readAll(createPages({ SENTRY_PAGES_PER_SECOND: '1' }), [askOf(BOTH, 'totals')]);
    assert.deepEqual(order, ['web', 'api', 'web', 'web']);
  });

  it('a wait for it ends with the run', async () => {
    const clock = createClock((ms) => ms === 1000);
    const stop = new AbortController();
    projects();
    events('crm-web', null, page(many(100), 'a'));
    const reading = readOne(
      {},
      createPages({ SENTRY_PAGES_PER_SECOND: '1' }, depsOf(clock)),
      scopeOf({ signal: stop.signal }),
    );
    await until('a wait of 1000 ms begins', () => clock.slept.includes(1000));
    stop.abort();
    assert.deepEqual(
      (await reading).gaps.slice(0, 1).map(({ part, reason, project }) => [part, reason, project]),
      [['totals', 'not_answered', 'crm-web']],
    );
  });
});
