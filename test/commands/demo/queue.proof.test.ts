import assert from 'node:assert/strict';
import { cleanEnv, endProcesses, startProcess } from '../../support/process/processes.ts';
import { until } from '../../support/time/until.ts';

describe('the demo with a queue', function () {
  this.timeout(240_000);
  after(() => endProcesses());

  it('reads it, and shows the mail in the inbox', async () => {
    const demo = startProcess(['src/cli.ts', 'demo', '--serve', '--with', 'queue'], cleanEnv());
    await until('it prints the inbox', () => /\/sandbox\/received\n/.test(demo.out()), 180_000);
    assert.match(demo.out(), /POST \/due {2}-> {2}200, \d{4} stored, 4 known, 1 rejected\n/);
    assert.match(demo.out(), /new of browser-nightly: ReferenceError: paintWorklet is not defined\n/);
    assert.doesNotMatch(demo.out(), /(new|top 3 of 1d > 15) of browser-nightly: RangeError/);
    const inbox = await (await fetch(/\S+\/sandbox\/inbox/.exec(demo.out())![0])).text();
    demo.child.kill('SIGTERM');
    assert.equal((await demo.end()).code, 0);
    assert.match(inbox, /browser-nightly: \d news/);
    assert.match(inbox, /at referenceStep\(resource:\/\/app\/paint\.jsm:23:11\)/);
  });
});
