import assert from 'node:assert/strict';
import { vetSlackButtons } from '../../../../src/app/alerting/vet/slack-buttons.ts';

type Config = Parameters<typeof vetSlackButtons>[0];

describe('buttons in Slack', () => {
  const env = { SLACK_SIGNING_SECRET: 'secret-0123456789' };
  const config = (vendor: string, ledger?: object): Config =>
    ({ channels: [{ name: 'crm', vendor }], ledger }) as unknown as Config;

  it('need a ledger, which remembers what people press', () => {
    assert.deepEqual(
      vetSlackButtons(config('slack'), env).map(({ variable }) => variable),
      ['SLACK_SIGNING_SECRET'],
    );
    assert.deepEqual(vetSlackButtons(config('slack', {}), env), []);
  });

  it('are not asked for without a secret, or a channel of Slack', () => {
    assert.deepEqual(vetSlackButtons(config('slack'), {}), []);
    assert.deepEqual(vetSlackButtons(config('slack-webhook'), env), []);
  });
});
