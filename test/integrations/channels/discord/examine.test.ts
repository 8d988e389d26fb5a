import assert from 'node:assert/strict';
import { examine as examineDiscord } from '../../../../src/integrations/channels/discord/examine.ts';
import { examine as examineSlack } from '../../../../src/integrations/channels/slack/examine.ts';
import { sendError } from '../../../../src/integrations/vendors/sentry/envelope.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock, type Reply } from '../../../support/build/http-mock.ts';
import { scopeOf } from '../../../support/build/scope.ts';

async function said(findings: AsyncIterable<{ status: string; say: string }>): Promise<string> {
  const all = [];
  for await (const { status, say } of findings) all.push(`${status} ${say}`);
  return all.join('; ');
}

describe('what check says of a webhook of Discord', () => {
  const url = 'https://discord.com/api/webhooks/1/secret-part-0123456789';
  const ask = (reply: Reply) => {
    mock({ url }, reply);
    return said(examineDiscord({ settings: { url }, deps: depsOf(), name: 'chat' }, scopeOf()));
  };

  it('is its name, where it is one', async () => {
    assert.match(await ask({ body: { id: '1', name: 'Alerts' } }), /^ok is the webhook .*Alerts/);
    assert.match(await ask({ status: 404, body: { code: 10_015 } }), /^failed /);
    assert.doesNotMatch(await ask({ status: 404, body: { code: 10_015 } }), /secret-part/);
  });
});

describe('what check says of a token of Slack', () => {
  const settings = { channel: '#crm', token: 'xoxb-1', apiUrl: 'https://slack.example.com/api' };
  const ask = (reply: Reply) => {
    mock({ method: 'POST', url: 'https://slack.example.com/api/auth.test' }, reply);
    return said(examineSlack({ settings, deps: depsOf(), name: 'crm' } as never, scopeOf()));
  };
  const body = { ok: true, team: 'Acme', user: 'bot' };

  it('is whose it is, and that it may not write where Slack says so', async () => {
    assert.match(await ask({ body }), /^ok taken by .*Acme.* as .*bot/);
    assert.match(await ask({ body, headers: { 'x-oauth-scopes': 'chat:write,users:read' } }), /^ok /);
    assert.equal(
      await ask({ body, headers: { 'x-oauth-scopes': 'users:read' } }),
      'failed may not write: give the app the scope chat:write, and install it again',
    );
    assert.match(await ask({ body: { ok: false, error: 'invalid_auth' } }), /^failed /);
  });
});

describe('an error that is sent to Sentry', () => {
  it('has its environment, where one is given', async () => {
    const dsn = { url: 'https://sentry.example.com/api/1/envelope/', publicKey: 'k', projectId: '1', host: 'x' };
    const error = { id: 'a'.repeat(32), at: 0, type: 'E', value: 'v', fingerprint: 'f' };
    const sent = async (environment?: string) => {
      const calls = mock({ method: 'POST', url: dsn.url }, { body: {} });
      await sendError({ ...error, environment }, dsn, depsOf().http, scopeOf());
      return (JSON.parse(calls[0]!.text.split('\n')[2]!) as { environment?: string }).environment;
    };
    assert.deepEqual([await sent(), await sent('production')], [undefined, 'production']);
  });
});
