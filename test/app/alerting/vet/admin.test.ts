import assert from 'node:assert/strict';
import { vetAdmin } from '../../../../src/app/alerting/vet/admin.ts';
import type { Configuration } from '../../../../src/app/configure.ts';

const given = (settings: object, ledger: object | undefined = {}): Configuration =>
  ({
    settings,
    ledger,
    channels: [{ name: 'console', vendor: 'console', configured: {} }],
  }) as unknown as Configuration;
const texts = (config: Configuration, env: Readonly<Record<string, string>> = {}): readonly string[] =>
  vetAdmin(config, env).map(({ variable, text }) => `${variable}: ${text}`);

describe('the settings of the admin', () => {
  it('collect lines where there is somebody, and what waits is kept', () => {
    const weekly = { adminCollect: 'weekly' };
    assert.deepEqual(texts(given({ ...weekly, adminChannel: 'console' }), { MESSAGE_DAYS: '8' }), []);
    assert.deepEqual(texts(given({})), []);
    const [nobody, ledger, days] = texts({ ...given(weekly), ledger: undefined }, { MESSAGE_DAYS: '7' });
    assert.match(nobody!, /^ADMIN_COLLECT: nobody is told anything: set ADMIN_CHANNEL/);
    assert.match(ledger!, /^ADMIN_COLLECT: needs a ledger: .*set LEDGER_URL/);
    assert.match(days!, /^ADMIN_COLLECT: needs MESSAGE_DAYS of at least 8/);
  });

  it('name a channel that there is', () => {
    assert.match(texts(given({ adminChannel: 'boss' }))[0]!, /^ADMIN_CHANNEL: "boss" is no channel .*console$/);
    assert.deepEqual(vetAdmin({ ...given({}), settings: undefined }, {}), []);
  });
});
