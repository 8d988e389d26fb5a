import assert from 'node:assert/strict';
import { inspectKey, type Keyed } from '../../../../src/integrations/sinks/newrelic/key.ts';

describe('a key of New Relic', () => {
  const said = (given: Partial<Keyed>) =>
    inspectKey(
      { region: 'us', eventUrl: undefined, metricUrl: undefined, licenseKey: '', ...given } as Keyed,
      'newrelic',
    ).map(({ status, variable }) => `${status} ${variable}`);

  it('that is none of its region may be a mistake', () => {
    assert.deepEqual(said({ region: 'eu', licenseKey: '0'.repeat(40) }), ['warning NEW_RELIC_REGION']);
    assert.deepEqual(said({ region: 'eu', licenseKey: `eu01xx${'0'.repeat(34)}` }), []);
    assert.deepEqual(said({ licenseKey: '0'.repeat(40) }), []);
  });

  it('for something else is refused', () =>
    assert.deepEqual(said({ licenseKey: `NRAK-${'A'.repeat(27)}` }), ['failed NEW_RELIC_LICENSE_KEY']));
});
