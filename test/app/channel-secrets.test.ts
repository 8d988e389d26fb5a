import assert from 'node:assert/strict';
import { assemble } from '../../src/app/assemble.ts';
import { worldOf } from './fake-world.ts';

const SECRET = 'aBcD0123eFgH4567iJkL8901';
const ENV = {
  SHOP_SLACK_URL: `https://hooks.slack.com/services/T0ACME00/B0ACME00/${SECRET}`,
  SLACK_TOKEN: 'xoxb-acme0123456789-abcdefghijklmnop',
  TG_TOKEN: '987654321:AAF-acme_acme0123456789acme-acme',
  SMTP_URL: 'smtp://acme:p%40ss-w0rd@mail.example.com',
  MAIL_FROM: 'alerts@example.com',
};
const TEXT = `channels:
  crm: { slack: '#crm', key: SLACK_TOKEN }
  shop: { slack-webhook: SHOP_SLACK_URL }
  ops: { telegram: -100123, key: TG_TOKEN }
  boss: { email: lead@example.com }
filters:
  - { name: f1, projects: [web] }
`;

describe('the keys of channels', () => {
  it('are hidden by all that the program says, also where only a part of an address is quoted', () => {
    const { redact } = assemble(worldOf(ENV, { 'config/filters.yaml': TEXT }).world);
    for (const secret of [
      SECRET,
      ENV.SLACK_TOKEN,
      ENV.TG_TOKEN,
      'p@ss-w0rd',
      'p%40ss-w0rd',
      ENV.SHOP_SLACK_URL,
      ENV.SMTP_URL,
    ])
      assert.ok(!redact(`it says ${secret} is bad`).includes(secret), secret);
    const login = Buffer.from(`\0acme\0p@ss-w0rd`).toString('base64');
    assert.ok(!redact(`AUTH PLAIN ${login}`).includes(login.slice(8)));
  });
});
