import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { SCRIPT } from '../../../../src/server/pages/script/index.ts';
import { faultsOfScript } from '../../../support/pages/script-text.ts';

describe("the pages' script", () => {
  it('uses nothing but what a browser has: a function whose text is taken has no imports and no neighbours', () => {
    assert.deepEqual(faultsOfScript(SCRIPT), []);
    assert.deepEqual(faultsOfScript('(function (x) { neighbour(x) })'), ["1: 'neighbour' is not defined."]);
  });

  it('has no types left, and takes less than 12 kB', () => {
    assert.doesNotMatch(SCRIPT, /: HTMLElement|interface |import |readonly |\bas const\b/);
    assert.ok(gzipSync(SCRIPT, { level: 5 }).length < 12_000);
  });
});
