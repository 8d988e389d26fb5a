import assert from 'node:assert/strict';
import { SettingsError } from '../../src/config/schema.ts';
import { loadSettings } from '../../src/config/settings.ts';

const [SENDER, OTHER] = ['sender-0123456789', 'other-0123456789'];

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadSettings(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ variable, text }) => `${variable}: ${text}`);
    throw error;
  }
}

describe('tokens of intakes', () => {
  for (const variable of ['TRIGGER_TOKEN', 'METRICS_TOKEN', 'PAGE_TOKEN'])
    it(`are none of ${variable}`, () => {
      assert.deepEqual(faultsOf({ [variable]: OTHER, INTAKE_TOKEN: `${SENDER},${OTHER}` }), [
        'INTAKE_TOKEN: has a token that opens something else too; use another random value: it is to open /intake alone',
      ]);
    });

  it('are none of a person, and have sixteen characters', () => {
    assert.deepEqual(faultsOf({ PAGE_USERS: `ann:${OTHER}`, INTAKE_TOKEN: OTHER }), [
      'PAGE_USERS: has a token that opens something else too; give each person a random value of their own',
    ]);
    assert.deepEqual(faultsOf({ INTAKE_TOKEN: 'short' }), [
      'INTAKE_TOKEN: has fewer than 16 characters; use a longer random value',
    ]);
  });

  it('do not open the service to other machines: it still wants a token for runs', () => {
    assert.equal(loadSettings({ INTAKE_TOKEN: SENDER }).host, '127.0.0.1');
    assert.match(faultsOf({ INTAKE_TOKEN: SENDER, HOST: '0.0.0.0' })[0]!, /^HOST: .*TRIGGER_TOKEN is not set/);
  });
});
