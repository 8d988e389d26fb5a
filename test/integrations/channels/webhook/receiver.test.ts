import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '../../../../sandbox/index.ts';
import type { Channel, SendOutcome } from '../../../../src/core/ports/alerting/channel.ts';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import { webhook } from '../../../../src/integrations/channels/webhook/index.ts';
import { issueAlerts, messageOf, NASTY } from '../../../support/alerting/messages.ts';
import { selfSigned } from '../../../support/apm/certificate.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { createClock, NOW } from '../../../support/time/clock.ts';

await webhook.load();

describe('the webhook channel at a strict receiver', () => {
  let sandbox: Sandbox;
  let channel: Channel;
  const clock = createClock();

  before(async () => {
    sandbox = await startSandbox({ now: () => clock.now() });
    channel = at(`${sandbox.url}/hook/crm`);
  });
  beforeEach(() => sandbox.world.forget());
  after(() => sandbox.close());

  function at(url: string, key = sandbox.keys.webhookKey): Channel {
    const settings = { 'channels.webhook': url, 'channels.webhook.key': key };
    return webhook.read(settings).create(depsOf(clock), 'hook').part;
  }

  function send(message: Message, form: 'rich' | 'plain' = 'rich', to = channel): Promise<SendOutcome> {
    return to.send(to.fit(message, form), message, scopeOf());
  }

  it('is believed, and taken once', async () => {
    for (const _ of [1, 2]) assert.deepEqual(await send(messageOf()), { status: 'accepted' });
    const { deliveries, repeats, refused } = sandbox.world.received.webhook;
    assert.deepEqual(
      deliveries.map(({ name, id }) => [name, id]),
      [['crm', messageOf().id]],
    );
    assert.deepEqual([repeats.length, refused.length], [1, 0]);
  });

  for (const form of ['rich', 'plain'] as const) {
    it(`${form}: forty nasty titles, and what is not about alerts, are taken`, async () => {
      for (const [index, title] of NASTY.entries())
        assert.equal(
          (await send(messageOf({ id: `t${index}` }, { subject: { title } }), form)).status,
          'accepted',
          title,
        );
      const own = messageOf({ id: 'own', type: 'message', alerts: [], lines: ['watching again'] });
      assert.deepEqual(await send(own, form), { status: 'accepted' });
      assert.deepEqual(await send(messageOf({ id: 'many', alerts: issueAlerts(2000) }), form), { status: 'accepted' });
      assert.deepEqual(sandbox.world.received.webhook.refused, []);
    });
  }

  it('has an id that every header takes, the same in the body, and another one for another message', async () => {
    const ids = [
      'own/file/filters.yaml/7@2026-11-20T10:00:00.000Z',
      'own/rule/ü "x"\n\ud800',
      'own/file/filters~2eyaml',
    ];
    for (const id of ids) assert.deepEqual(await send(messageOf({ id })), { status: 'accepted' }, id);
    const { deliveries, refused } = sandbox.world.received.webhook;
    const seen = deliveries.map(({ id, body }) => [id, (body as { readonly id?: unknown }).id]);
    assert.deepEqual([seen.length, refused], [3, []]);
    assert.deepEqual(seen[0], Array(2).fill('own/file/filters~2eyaml/7@2026-11-20T10:00:00~2e000Z'));
    assert.equal(new Set(seen.flat()).size, 3);
  });

  it('signs anew: a repeat of half an hour later is believed', async () => {
    await send(messageOf());
    clock.advance(1_800_000);
    assert.deepEqual(await send(messageOf()), { status: 'accepted' });
  });

  it('says what the receiver says against it', async () => {
    const other = at(`${sandbox.url}/hook/crm`, 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=');
    const outcome = await send(messageOf(), 'rich', other);
    assert.deepEqual(outcome, {
      status: 'refused',
      why: 'hook: answered 401: no signature fits; check its key or token and what it may do',
    });
  });

  it('knows what was stored from what may be: cut before, after, and while it answers', async () => {
    const { faults, received } = sandbox.world;
    const outcomes: unknown[] = [];
    for (const kind of ['cut', 'stored-no-answer', 'cut-body'] as const) {
      faults.add({ vendor: 'webhook', kind });
      outcomes.push((await send(messageOf({ id: kind }))).status);
    }
    const closed = await startSandbox({ now: () => NOW });
    await closed.close();
    outcomes.push((await send(messageOf(), 'rich', at(`${closed.url}/hook/crm`))).status);
    assert.deepEqual(outcomes, ['uncertain', 'uncertain', 'uncertain', 'retry']);
    assert.deepEqual(
      received.webhook.deliveries.map(({ id }) => id),
      ['stored-no-answer', 'cut-body'],
    );
  });

  it('sends nothing to who has no good certificate, and tries again: it may be mended', async () => {
    const came: string[] = [];
    const server = createServer(selfSigned(Date.now()), (request) => void came.push(request.url!));
    await once(server.listen(0, 'localhost'), 'listening');
    const { port } = server.address() as AddressInfo;
    const outcome = await send(messageOf(), 'rich', at(`https://localhost:${port}/hook/crm`));
    server.close();
    assert.ok(outcome.status === 'retry' && outcome.afterMs === undefined);
    assert.match(outcome.why, /^hook: no trusted TLS connection \([A-Z_]+\); check webhook, the certificates/);
    assert.deepEqual(came, []);
  });

  it('waits as it is asked to, and does not follow a redirect', async () => {
    sandbox.world.faults.add({ vendor: 'webhook', kind: '429-rate', seconds: 17 });
    const limited = await send(messageOf());
    assert.ok(limited.status === 'retry' && limited.afterMs === 17_000);
    sandbox.world.faults.add({ vendor: 'webhook', kind: 'redirect', location: `${sandbox.url}/hook/other` });
    assert.equal((await send(messageOf())).status, 'refused');
    assert.deepEqual(sandbox.world.received.webhook.deliveries, []);
  });
});
