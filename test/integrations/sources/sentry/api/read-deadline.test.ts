import assert from 'node:assert/strict';
import { depsOf } from '../../../../support/build/deps.ts';
import { mock } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock, NOW } from '../../../../support/time/clock.ts';
import { withTimeouts } from '../../../../support/time/timeouts.ts';
import { createPages, event, events, issueList, page } from '../../../../support/sentry/pages.ts';
import {
  API,
  askOf,
  buildSource,
  createSource,
  details,
  issue,
  issueRows,
  projects,
  readAll,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

/** A time-out that is listened to is kept until its time has come, with all that hangs on it. */
describe('when a window is read, nobody listens to a time-out any more', () => {
  /** `most`: one of each request, and those of the reading itself. */
  const check = (most: number, read: () => Promise<void>): Promise<void> =>
    withTimeouts(async ({ asked, heard }) => {
      await read();
      assert.deepEqual([asked.length, heard()], [most, 0]);
    });

  it('by the events table', () =>
    check(4 + 1, async () => {
      projects();
      totals({}, totalRows([11, 1, 1]));
      rows({}, issueRows([7, 11, 1, 1]));
      details(['7'], ['11'], { body: [issue('7')] });
      const [answer] = await readAll(createSource({}), [askOf()]);
      assert.ok(answer !== undefined && 'reading' in answer);
    }));

  it('by pages', () =>
    check(3 + 1, async () => {
      projects();
      events('crm-web', null, page([event('04:00')]));
      issueList('crm-web', null, page([issue('7')]));
      const [answer] = await readAll(createPages(), [askOf()]);
      assert.ok(answer !== undefined && 'reading' in answer);
    }));

  it('with the kind of server, and the projects read again after an hour', () =>
    check(6 + 6, async () => {
      const clock = createClock();
      const source = buildSource({ SENTRY_SOURCE: 'auto' }, depsOf(clock));
      const probes = mock(
        {
          url: `${API}/events/`,
          query: [
            ['dataset', 'errors'],
            ['field', 'count()'],
            ['query', ''],
            ['statsPeriod', '1h'],
            ['project', '-1'],
            ['per_page', '1'],
          ],
        },
        { body: { data: [], meta: { dataset: 'errors' } } },
        { body: { data: [], meta: { dataset: 'errors' } } },
      );
      const lists = [projects(), projects()];
      totals({}, totalRows([11, 1, 1]), totalRows([11, 1, 1]));
      for (const runId of ['one', 'two']) {
        const [answer] = await readAll(source, [askOf({}, 'totals')], {
          ...scopeOf({ deadline: NOW + 10_000_000 }),
          runId,
        });
        assert.ok(answer !== undefined && 'reading' in answer);
        clock.advance(3_600_000);
      }
      assert.deepEqual([probes.length, ...lists.map(({ length }) => length)], [2, 1, 1]);
    }));
});
