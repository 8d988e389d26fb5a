import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { cleanEnv, endProcesses, startProcess } from '../../support/process/processes.ts';

describe('the demo with a digest', function () {
  this.timeout(240_000);
  after(() => endProcesses());

  it('counts half a day, and shows it in a message with its chart', async () => {
    const demo = startProcess(['src/cli.ts', 'demo', '--with', 'digest'], cleanEnv());
    const { code } = await demo.end();
    assert.equal(code, 0, demo.err());
    assert.match(demo.out(), /\| half-day: at least [\d,]+ events, /);
    assert.match(demo.out(), /2 of 144 windows were not counted/);
    assert.match(demo.out(), /\n {3}\| \d\d:\d\d [▁▂▃▄▅▆▇█]{12} \d\d:\d\d\n/);
    const path = /which stays in (\S+)/.exec(demo.out())![1]!;
    assert.ok(existsSync(path));
    rmSync(dirname(path), { recursive: true });
  });
});
