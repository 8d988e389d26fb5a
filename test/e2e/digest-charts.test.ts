import assert from 'node:assert/strict';
import { decode } from 'fast-png';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';

const DIGEST = { name: 'often', at: 'every 15m', chart: '12h', tell: ['boss', 'ops', 'crm', 'hook'] };

describe('the chart of a digest, by the whole service', () => {
  let bench: AlertBench;
  beforeEach(async () => (bench = await openAlertBench()));
  afterEach(() => bench.close());

  async function told() {
    const { addresses, keys, world } = bench.sandbox;
    const channels = {
      boss: { email: ['lead@example.com'] },
      ops: { telegram: -1001234567890, key: 'TG_TOKEN' },
      crm: { slack: '#crm', key: 'SLACK_TOKEN' },
      hook: { webhook: bench.receiver.url, key: 'HOOK_KEY' },
    };
    const env = {
      LEDGER_URL: bench.ledgerUrl,
      PUBLIC_URL: 'https://monitor.example.com',
      ...{ SMTP_URL: addresses.smtp, MAIL_FROM: 'alerts@example.com' },
      ...{ TG_TOKEN: keys.telegramToken, TELEGRAM_API_URL: addresses.telegramApi },
      ...{ SLACK_TOKEN: keys.slackToken, SLACK_API_URL: addresses.slackApi },
    };
    [10, 0, 30].forEach((events, window) => bench.fill(window, events, 101 + window));
    const more = { env, channels, file: { digests: [DIGEST] }, filter: { alerts: undefined } };
    const service = await bench.serveRules([], more);
    for (const window of [0, 1, 2]) {
      bench.at(window);
      await service.post();
    }
    return { service, received: world.received };
  }

  it('is in the mail, below the text in Telegram, at an address for Slack that the service answers, and data', async () => {
    const { service, received } = await told();
    const [mail] = received.mail.messages;
    assert.match(mail!.picture!.src, /^data:image\/png;base64,/);
    assert.match(mail!.html!, /<b>40<\/b>/);
    const [text, photo, ...others] = received.telegram.messages;
    assert.deepEqual([text!.picture, photo!.thread, others], [undefined, text!.id, []]);
    assert.match(photo!.text, /^often, .*: at least 40 events; most at Fri 20 Nov 10:10: 30 in 5 minutes/);
    const [chat] = received.slack.messages;
    const { origin, pathname } = new URL(chat!.picture!.src);
    assert.equal(origin, 'https://monitor.example.com');
    const answer = await fetch(`${service.url}${pathname}`, { headers: { connection: 'close' } });
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/png']);
    const png = new Uint8Array(await answer.arrayBuffer());
    assert.deepEqual([decode(png).width, decode(png).height], [1200, 648]);
    // All three drew the same picture, once.
    assert.equal(mail!.picture!.src, photo!.picture!.src);
    assert.equal(Buffer.from(png).toString('base64'), mail!.picture!.src.split(',')[1]);
    const [hook] = bench.receiver.taken;
    assert.equal(hook!['digest'].chart.bars.length, 144);
    assert.ok(!JSON.stringify(hook).includes('pictureKey'));
    assert.deepEqual(
      ['mail', 'telegram', 'slack'].map((name) => received[name as 'mail'].refused),
      [[], [], []],
    );
  });
});
