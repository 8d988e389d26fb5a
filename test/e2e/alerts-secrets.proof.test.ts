import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SmtpPeer, smtpPeer } from '../support/alerting/smtp-peer.ts';
import { echoesOf } from '../support/secrets/encodings.ts';
import { createSearch } from '../support/secrets/leaks.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';

const SECRETS = {
  slack: 'xoxb-7391846205-kQzWvTnBxRpL',
  'slack-webhook': 'aQ7mZr2XbK9vTn4WcY6pLd8S',
  telegram: '918273645:AAHk3Vq9Zt5Bx1Nw7Rm2Jc8Ld4Fg6Ys0Pu',
  pagerduty: 'q9w8e7r6t5y4u3i2o1p0a9s8d7f6g5h4',
  teams: 'Wm4Xk9Bz2Vq7Tn1Rc5Yp8Ld3Jf6Hg0',
  discord: 'Zx8Nv3Kq6Mw1Bt9Rj4Lp7Hc2Fy5Gd0SaUeIo',
  mail: 'hT6!yPq2#vNb9-zKw4',
  webhook: 'whsec_Nmo5Yk1xQ2x3V0R0SHpKcTlMdkZ3QjhYZDZLblQ0',
};
const EVERYTHING = Object.values(SECRETS).flatMap(echoesOf).join(' | ');
const SHORT = Object.values(SECRETS).join(' ');

/** What all vendors answer, in turn. */
const ANSWERS: readonly (readonly [status: number, body: string])[] = [
  [200, JSON.stringify({ ok: false, error: SHORT, description: SHORT, message: SHORT, status: SHORT })],
  [200, `<!DOCTYPE html><title>${SHORT}</title>`],
  [302, SHORT],
  [400, EVERYTHING],
  [401, JSON.stringify({ ok: false, description: `Unauthorized ${SHORT}`, message: SHORT, errors: [SHORT] })],
  [404, SHORT],
  [429, JSON.stringify({ ok: false, description: SHORT, retry_after: 1 })],
  [503, EVERYTHING],
];

/** One address for all of them, which says back whatever it is asked, and more. */
async function echoing(answer: () => (typeof ANSWERS)[number]): Promise<Server> {
  const server = createServer((request, response) => {
    const [status, body] = answer();
    const location = `https://elsewhere.example.com${request.url}?${encodeURIComponent(SHORT)}`;
    request.resume().on('end', () => {
      response.writeHead(status, { location, 'x-error': `${request.headers.authorization} ${request.url}` });
      response.end(`${body} ${request.url} ${request.headers.authorization}`);
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return server;
}

describe('keys of all channels', function () {
  this.timeout(240_000);
  let bench: AlertBench;
  let server: Server;
  let mail: SmtpPeer;
  let turn = 0;
  before(async () => {
    bench = await openAlertBench();
    server = await echoing(() => ANSWERS[turn % ANSWERS.length]!);
    mail = await smtpPeer(
      ANSWERS.map((_, index) => ({
        status: index % 2 === 0 ? 535 : 454,
        body: `${SHORT} ${Buffer.from(`\0alerts\0${SECRETS.mail}`).toString('base64')}`,
        headers: { at: index % 3 === 0 ? 'AUTH' : 'MAIL' },
      })),
    );
  });
  after(async () => {
    await bench.close();
    await mail.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('stand in no log, answer, page or metric, whatever their vendors say back', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const password = encodeURIComponent(SECRETS.mail);
    const env = {
      LEDGER_URL: bench.ledgerUrl,
      A: SECRETS.slack,
      B: `${url}/services/T0ACME/B0ACME/${SECRETS['slack-webhook']}`,
      C: SECRETS.telegram,
      D: SECRETS.pagerduty,
      E: `${url}/workflows/1?sig=${SECRETS.teams}`,
      F: `${url}/api/webhooks/1301234567890123456/${SECRETS.discord}`,
      G: SECRETS.webhook,
      SLACK_API_URL: url,
      TELEGRAM_API_URL: url,
      PAGERDUTY_URL: url,
      SMTP_URL: `smtp://alerts:${password}@127.0.0.1:${mail.port}`,
      MAIL_FROM: 'alerts@example.com',
    };
    const channels = {
      one: { slack: '#crm', key: 'A' },
      two: { 'slack-webhook': 'B' },
      three: { telegram: '-100123', key: 'C' },
      four: { pagerduty: 'D' },
      five: { teams: 'E' },
      six: { discord: 'F' },
      seven: { email: 'lead@example.com' },
      eight: { webhook: `${url}/hook`, key: 'G' },
    };
    const rules = [{ when: 'new', tell: Object.keys(channels) }];
    for (let window = 0; window < ANSWERS.length; window++) bench.fill(window, 5, 100 + window);
    const service = await bench.serveRules(rules, { env, channels, file: { defaults: {} } });
    const said: (readonly [string, string])[] = [];
    const fates = new Map<string, Set<string>>();
    for (; turn < ANSWERS.length; turn++) {
      bench.at(turn);
      const { text, body } = await service.post();
      said.push([`answer ${turn}`, text], [`debug ${turn}`, (await service.post('?debug=true')).text]);
      for (const alert of body.alerts)
        for (const [name, { status }] of Object.entries<{ status: string }>(alert.channels))
          fates.set(name, (fates.get(name) ?? new Set()).add(status));
    }
    for (const page of ['/', '/messages', '/filters/shop', '/metrics', '/readyz'])
      said.push([page, await (await fetch(`${service.url}${page}`)).text()]);
    said.push(...service.log.map((line, index) => [`log ${index}`, JSON.stringify(line)] as const));
    const search = createSearch(SECRETS);
    assert.deepEqual(
      said.flatMap(([where, text]) => search(where, text)),
      [],
    );
    for (const name of Object.keys(channels))
      assert.ok(
        [...fates.get(name)!].some((fate) => fate === 'refused' || fate === 'pending'),
        name,
      );
    const messages = said.find(([where]) => where === '/messages')![1];
    assert.ok(messages.includes('***'), 'what was hidden shows as hidden');
    assert.ok(search('control', SHORT).length >= Object.keys(SECRETS).length);
  });
});
