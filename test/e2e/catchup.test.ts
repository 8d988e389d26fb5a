import assert from 'node:assert/strict';
import { booked, due, isoOfWindow, openCatchUpBox, range, type CatchUpBox } from '../support/catchup-box.ts';
import type { FilterSpec } from '../support/e2e-service.ts';
import { sentryRequests } from '../support/e2e-records.ts';

const PROJECTS = ['web', 'api', 'job'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project) => ({ name: `f-${project}`, projects: [project] }));

describe('windows that were not delivered', () => {
  let box: CatchUpBox;
  beforeEach(async () => (box = await openCatchUpBox()));
  afterEach(() => box.close());

  it('of a sink that was down for an hour come when it is back, without reading; the other sink gets nothing twice', async () => {
    box.fill(PROJECTS, 0, 14);
    const service = await box.serve(FILTERS);
    assert.equal((await box.tick(service, 0)).status, 200);
    box.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
    for (const window of range(1, 13)) {
      const { status, body } = await box.tick(service, window);
      assert.deepEqual([status, body.catchUp.behind], [502, (window - 1) * 3], 'the window itself shows in its own answer');
    }
    assert.deepEqual(booked(box.sandbox), { ...due(FILTERS, range(0, 13), ['newrelic']), ...due(FILTERS, [0], ['anodot']) });
    box.sandbox.world.faults.clear();
    const before = sentryRequests(box.sandbox.world)['events-table']!;
    const { status, headers, body } = await box.tick(service, 13);
    assert.deepEqual([status, headers.get('Sentry-Monitor-Sent'), body.catchUp.behind, body.catchUp.tooOld], [200, 'all', 0, []]);
    assert.deepEqual(body.catchUp.windows.map(({ start, reports, unread, sinks }: Record<string, unknown>) => ({ start, reports, unread, sinks })),
      range(1, 13).map((window) => ({ start: isoOfWindow(window), reports: 3, unread: 0, sinks: { anodot: { sent: 3 } } })));
    assert.deepEqual(booked(box.sandbox), due(FILTERS, range(0, 14)));
    assert.equal(sentryRequests(box.sandbox.world)['events-table']! - before, 6, 'totals and rows of the new window');
  });
});
