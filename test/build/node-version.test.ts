import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { tooOld } from '../../bin/node-version.js';
import { ROOT } from '../support/process/processes.ts';

const FAULT =
  'this is Node 20.20.2, and Node 24 is needed; use npm run ..., or node_modules/.bin/node (npm ci installs it)';

describe('a Node that is too old', () => {
  it('is told from one that will do by its first number', () => {
    assert.equal(tooOld('20.20.2'), FAULT);
    assert.match(tooOld('9.11.2') ?? '', /^this is Node 9\.11\.2, /);
    assert.match(tooOld('23.9.0') ?? '', /^this is Node 23\.9\.0, /);
    assert.deepEqual([tooOld('24.0.0'), tooOld('100.1.0')], [undefined, undefined]);
  });

  for (const program of ['sentry-monitor', 'service']) {
    it(`ends ${program} with what to do, and no stack`, () => {
      const disguise = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });
        delete process.getBuiltinModule;
        await import('./bin/${program}.js');`;
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', disguise], {
        cwd: ROOT,
        encoding: 'utf8',
        env: {},
      });
      assert.deepEqual([status, stdout, stderr], [1, '', `sentry-monitor cannot start:\n  ${FAULT}\n`]);
    });
  }
});
