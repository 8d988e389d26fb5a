import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../../sandbox/index.ts';

/** 2026-11-20T10:07:30Z */
const AT = Date.UTC(2026, 10, 20, 10, 7, 30);

describe('the inbox of the sandbox', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ now: () => AT });
  });
  beforeEach(() => sandbox.world.forget());
  after(() => sandbox.close());

  const look = async (path = ''): Promise<{ response: Response; text: string }> => {
    const response = await fetch(`${sandbox.url}/sandbox/inbox${path}`);
    return { response, text: await response.text() };
  };
  const put = (over: object, vendor: 'slack' | 'mail' | 'pagerduty' = 'slack'): void => {
    const message = { n: 1, at: AT, to: '#crm', id: 'm1', thread: null, subject: 'new', text: 'new\nit is new' };
    sandbox.world.received[vendor].messages.push({ ...message, ...over });
  };

  it('is empty at first, looks again by itself, and says how to stop that', async () => {
    const { response, text } = await look();
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.match(text, /Nobody was told anything yet/);
    assert.match(text, /<meta http-equiv="refresh" content="5">/);
    assert.doesNotMatch((await look('?refresh=off')).text, /http-equiv="refresh"/);
  });

  it('shows mail, chat, pager, webhook and what was refused, the newest first', async () => {
    put({});
    put({ n: 3, to: 'service', subject: 'critical', isOver: true }, 'pagerduty');
    put({ n: 2, to: 'lead@example.com', html: '<p>x</p>' }, 'mail');
    sandbox.world.received.slack.refused.push({ n: 4, to: '#gone', status: 404, why: 'channel_not_found', at: AT });
    sandbox.world.received.webhook.deliveries.push({
      ...{ n: 5, name: 'crm', id: 'w', at: AT },
      body: {
        type: 'alerts',
        lines: ['held back'],
        alerts: [{ state: 'firing', rule: 'new', filter: 'crm', why: 'because' }],
      },
    });
    const { text } = await look();
    const order = [...text.matchAll(/<b>(\w+)<\/b> to <bdi>([^<]*)<\/bdi>/g)].map(
      ([, vendor, to]) => `${vendor} ${to}`,
    );
    assert.deepEqual(order, ['webhook crm', 'slack #gone', 'pagerduty service', 'mail lead@example.com', 'slack #crm']);
    for (const part of [
      'held back\nfiring; new; crm; because',
      'channel_not_found',
      '>resolved<',
      '10:07:30 UTC',
      '/sandbox/inbox/2',
    ])
      assert.ok(text.includes(part), part);
  });

  it('shows what others wrote as text, and runs and loads nothing', async () => {
    const evil = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;
    put({ to: evil, subject: evil, text: evil });
    sandbox.world.received.slack.refused.push({ n: 2, to: evil, status: 400, why: evil, at: AT });
    const { response, text } = await look();
    assert.ok(!/<script|<img/.test(text));
    assert.ok(text.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;'));
    const policy = response.headers.get('content-security-policy')!;
    for (const part of [/^default-src 'none'; /, /; style-src 'sha256-[A-Za-z0-9+/=]+'$/, /; frame-ancestors 'none';/])
      assert.match(policy, part);
  });

  it('has each mail as its reader has it, where no script runs', async () => {
    put({ n: 7, html: '<p style="color:red">hello</p>' }, 'mail');
    const { response, text } = await look('/7');
    assert.equal(text, '<p style="color:red">hello</p>');
    assert.match(response.headers.get('content-security-policy')!, /^default-src 'none'; .*; sandbox$/);
    assert.equal((await look('/8')).response.status, 404);
  });

  it('keeps to the newest hundred', async () => {
    for (let n = 1; n <= 103; n++) put({ n, id: String(n), subject: `number ${n}.` });
    const { text } = await look();
    assert.ok(text.includes('number 103.') && text.includes('number 4.') && !text.includes('number 3.'));
    assert.match(text, /and 3 older ones/);
  });
});
