import assert from 'node:assert/strict';
import { uncountedWarning } from '../../../../../src/integrations/sources/sentry/spans/warning.ts';

describe('a warning of users that are not counted', () => {
  it('has the span as a rule writes it', () => {
    const spans = [15, 60, 36 * 60, 24 * 60, 7 * 24 * 60].map((minutes) => uncountedWarning(minutes * 60_000, 'why'));
    assert.deepEqual(
      spans.map((text) => / in (\S+) are /.exec(text)?.[1]),
      ['15m', '1h', '36h', '24h', '7d'],
    );
  });
});
