import assert from 'node:assert/strict';
import { endProcesses } from '../support/process/processes.ts';
import { startRemoteSandbox, startRemoteService } from '../support/process/services.ts';
import { postRun } from '../support/e2e/service.ts';

describe('a part of Sentry that hangs to the end', () => {
  after(() => endProcesses());

  for (const { what, fault, parts } of [
    { what: 'the details', fault: { endpoint: 'issues' }, parts: ['details'] },
    { what: 'the splits', fault: { endpoint: 'events-table', match: 'tags[' }, parts: ['splits', 'details'] },
  ]) {
    it(`${what}: a gap, and the totals reach every sink before the deadline`, async () => {
      const sandbox = await startRemoteSandbox();
      const end = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;
      await sandbox.command('projects', { slug: 'web' });
      await sandbox.command('events', [{ at: end - 1000, project: 'web', issue: '77', title: 'Error: x', repeat: 9 }]);
      await sandbox.command('faults', { vendor: 'sentry', kind: 'hang', times: 0, ...fault });
      const service = await startRemoteService(sandbox, [{ name: 'web', projects: ['web'], tags: ['region'] }], {
        RUN_DEADLINE_SECONDS: '4',
      });

      const { status, headers, body } = await postRun(service.url, `?end=${new Date(end).toISOString()}`);

      assert.deepEqual([status, headers.get('sentry-monitor-sent')], [200, 'all']);
      assert.deepEqual(
        body.reports[0].gaps.map((gap: { part: string; reason: string }) => [gap.part, gap.reason]),
        parts.map((part) => [part, 'not_answered']),
      );
      const { anodot } = await sandbox.received();
      assert.equal(anodot.samples.find(({ sample }) => sample.properties['what'] === 'sentry_events')?.sample.value, 9);
    });
  }
});
