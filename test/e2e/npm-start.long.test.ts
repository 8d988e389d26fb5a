import assert from 'node:assert/strict';
import { endProcesses } from '../support/process/processes.ts';
import { startAsTyped } from '../support/process/stopping.ts';
import { until } from '../support/time/until.ts';

describe('npm start, with the real npm', () => {
  after(() => endProcesses());

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`${signal} reaches the service: it ends well, and nothing is left on the port`, async () => {
      const started = await startAsTyped(['npm', 'start'], {});
      await started.stop(signal);
      await until('the service said its last words', () => started.said().includes('"msg":"stopped"'));
      assert.doesNotMatch(started.said(), /crashed|ERR!/);
    });
  }
});
