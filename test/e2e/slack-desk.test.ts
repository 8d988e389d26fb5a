import assert from 'node:assert/strict';
import type { Service } from '../support/e2e/service.ts';
import { payloadOf, type Pressing, SIGNING_SECRET, signed } from '../support/slack/press.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';

describe('people in Slack', () => {
  let bench: AlertBench;
  let service: Service;
  before(async () => {
    bench = await openAlertBench();
    bench.fill(0, 20);
    const { addresses, keys } = bench.sandbox;
    service = await bench.serveRules(['any'], {
      channels: { crm: { slack: '#crm', key: 'BOT_TOKEN' } },
      file: { defaults: { tell: 'crm' } },
      env: {
        LEDGER_URL: bench.ledgerUrl,
        BOT_TOKEN: keys.slackToken,
        SLACK_API_URL: addresses.slackApi,
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
      },
    });
    assert.equal((await service.post()).status, 200);
  });
  after(() => bench.close());

  const messages = () => bench.sandbox.world.received.slack.messages;
  const post = (path: string, { body, headers }: ReturnType<typeof signed>): Promise<Response> =>
    fetch(`${service.url}${path}`, { method: 'POST', body, headers });
  const press = (pressing: Pressing, at = bench.clock.now()): Promise<Response> =>
    post('/slack/actions', signed(payloadOf(messages()[0]!, bench.sandbox.url, pressing), at));

  it('see what they can press below an alert', () =>
    assert.deepEqual(
      messages()[0]!.pressables?.map(({ actionId, text }) => [actionId, text]),
      [
        ['mute_1h', 'Mute 1 h'],
        ['mute_1d', 'Mute 1 d'],
        ['mute_resolved', 'Mute until resolved'],
      ],
    ));

  it('are heard only with Slack’s signature of the last five minutes', async () => {
    const good = signed(payloadOf(messages()[0]!, bench.sandbox.url, { actionId: 'mute_1h' }), bench.clock.now());
    for (const [what, sent] of [
      ['no signature', { ...good, headers: { connection: 'close' } }],
      ['of another secret', signed({}, bench.clock.now(), 'another-secret-0123')],
      ['of another body', { ...good, body: `${good.body}%20` }],
    ] as const) {
      const response = await post('/slack/actions', sent);
      assert.equal(response.status, 401, what);
      assert.equal(((await response.json()) as { detail: string }).detail, 'not signed by who may post here', what);
    }
    for (const at of [-360_000, 360_000])
      assert.equal((await press({ actionId: 'mute_1h' }, bench.clock.now() + at)).status, 401);
    assert.equal((await post('/slack/options', { ...good, headers: { connection: 'close' } })).status, 401);
    assert.deepEqual(messages().length, 1);
  });

  it('mute by a press, once, and the message says so', async () => {
    const response = await press({ actionId: 'mute_1h' });
    assert.deepEqual([response.status, await response.text()], [200, '']);
    await bench.until(() => messages()[0]!.changes === 1);
    assert.match(messages()[0]!.text, /\nann \(U0MADEUP1\): muted until 2026-11-20 11:07 UTC\n/);
    assert.equal((await press({ actionId: 'mute_1h' })).status, 200);
    await bench.until(() => messages().length === 2);
    assert.deepEqual([messages()[1]!.to, messages()[1]!.text], ['@U0MADEUP1', 'This was done already.']);
  });

  it('are told why not', async () => {
    assert.equal((await press({ actionId: 'mute_1d', trigger: 'second' })).status, 200);
    await bench.until(() => messages().length === 3);
    assert.match(messages()[2]!.text, /^Not done: for more than an hour it is muted by those alone whom slackUsers/);
  });
});
