import assert from 'node:assert/strict';
import { patternFaults } from '../../../../src/integrations/vendors/logs/pattern-faults.ts';

describe('patterns of an intake', () => {
  it('for durations need a group with the number', () => {
    const said = (timings: string) => patternFaults({ timings }).map(({ say }) => say);
    assert.deepEqual(said('took (?P<ms>\\d+)'), []);
    assert.match(
      said('took (?P<time>\\d+)')[0]!,
      /^'took .*' has no group named ms or .*; write \(\?P<ms>…\) around the number$/,
    );
  });
});
