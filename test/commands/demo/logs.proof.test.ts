import assert from 'node:assert/strict';
import { cleanEnv, endProcesses, startProcess } from '../../support/process/processes.ts';

describe('the demo with logs', function () {
  this.timeout(240_000);
  after(() => endProcesses());

  it('reads a log that is rotated, shows its digest with a chart and its events, and ends', async () => {
    const demo = startProcess(['src/cli.ts', 'demo', '--with', 'logs'], cleanEnv());
    const began = performance.now();
    const { code } = await demo.end();
    assert.equal(code, 0, demo.err());
    assert.ok(performance.now() - began < 60_000);
    const [, before, after] = /read {4}(\d+) stored, 0 known, 0 rejected; rotated: (\d+) stored, 0 known, 0 rej/.exec(
      demo.out(),
    )!;
    const [, told] = /\| django-log: (\d+) events since /.exec(demo.out())!;
    // The last line of a log may go on: it is read when something follows it, or at the second look.
    assert.ok([0, 1].includes(Number(told) - Number(before) - Number(after)), `${before} ${after} ${told}`);
    assert.match(demo.out(), /with a picture: django-log, .*UTC: \d+ events; most at /);
    assert.match(demo.out(), /\| \d{4}-\S+Z {2}error {2}django {2}cart 7 has no customer\n/);
  });
});
