import assert from 'node:assert/strict';
import { openBench, START } from '../support/e2e/bench.ts';
import { taken } from '../support/e2e/received-records.ts';

const FAST = { SENTRY_PAGES_PER_SECOND: '0' };

describe('GlitchTip: tags that name fields of events', () => {
  it('have the value that lists show, and not that of a tag; what lists do not show is said', async () => {
    const bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    try {
      const { world } = bench.sandbox;
      world.addProject({ slug: 'web' });
      world.addEvents([
        {
          at: START,
          project: 'web',
          issue: 101,
          title: 'TypeError: boom',
          user: 'id:5',
          tags: { 'error.type': 'mine' },
        },
        { at: START, project: 'web', issue: 101, title: 'RangeError: far', user: 'id:6', repeat: 2 },
      ]);
      const tags = ['error.type', 'user.id', 'os.build'];
      const service = await bench.serve([{ name: 'web', projects: ['web'], tags }], FAST);
      const { body } = await service.post();
      const splits = taken(world.received).events.filter(({ type }) => type === 'sentry_issue_tag');
      assert.deepEqual(
        splits.map((it) => [it['error.type'], it['user.id'], it['os.build'], it['count']]),
        [
          ['RangeError', '6', undefined, 2],
          ['TypeError', '5', undefined, 1],
        ],
      );
      const [warning] = body.reports[0].warnings;
      assert.match(warning, /^os\.build: this server does not show them of events/);
      assert.equal(body.reports[0].complete, true);
    } finally {
      await bench.close();
    }
  });
});
