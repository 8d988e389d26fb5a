import assert from 'node:assert/strict';
import { isAtLeast, levelOf } from '../../../../src/core/logs/readers/levels.ts';

describe('levels of logs', () => {
  it('that nobody knows are errors', () => {
    assert.deepEqual(['warn', 'Fatal', 'panic'].map(levelOf), ['warning', 'fatal', 'error']);
    assert.ok(isAtLeast('panic', 'error'));
    assert.ok(!isAtLeast('panic', 'fatal'));
    assert.ok(!isAtLeast('info', 'warning'));
  });
});
