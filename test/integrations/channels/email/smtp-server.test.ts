import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { readMail } from '../../../../sandbox/mail/rules.ts';
import { email } from '../../../../src/integrations/channels/email/index.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await email.load();

/** A mail as it came to a server that others wrote. */
interface Came {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

describe('the email channel at a server of mail that others wrote', () => {
  const came: Came[] = [];
  const errors: unknown[] = [];
  let server: SMTPServer;

  async function open(options: ConstructorParameters<typeof SMTPServer>[0]): Promise<number> {
    server = new SMTPServer({
      logger: false,
      onAuth: ({ username, password }, _session, done) =>
        password === 'Acm3-passw0rd/%'
          ? done(null, { user: username })
          : done(new Error('Invalid username or password')),
      onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const raw = Buffer.concat(chunks).toString('latin1');
          came.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw,
          });
          done();
        });
      },
      ...options,
    });
    server.on('error', (error) => errors.push(error));
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    return (server.server.address() as AddressInfo).port;
  }

  afterEach(async () => {
    came.length = 0;
    await new Promise<void>((done) => server.close(done));
  });

  async function send(SMTP_URL: string) {
    const env = {
      'channels.email': 'lead@example.com',
      MAIL_FROM: 'Acme, "alerts" <alerts@example.com>'.replaceAll('"', ''),
      SMTP_URL,
    };
    const channel = email.read(env).create(depsOf(), 'boss').part;
    const message = messageOf({}, { subject: { title: '. and\r\n.\r\nQUIT 👩‍👩‍👧‍👦 ünd' } });
    return channel.send(channel.fit(message, 'rich'), message, scopeOf());
  }

  it('logs in with a password that an address has to escape, and is whole', async () => {
    const port = await open({ disabledCommands: ['STARTTLS'] });
    const outcome = await send(`smtp://acme%40example.com:Acm3-passw0rd%2F%25@127.0.0.1:${port}`);
    assert.equal(outcome.status, 'accepted');
    const [{ from, to, raw }] = came as [Came];
    assert.deepEqual([came.length, from, to], [1, 'alerts@example.com', ['lead@example.com']]);
    const { subject, text } = readMail(raw);
    assert.equal(subject, 'crm-checkout: firing, . and . QUIT 👩‍👩‍👧‍👦 ünd');
    assert.ok(text.startsWith(`${subject}\n\nFiring: . and . QUIT`));
  });

  it('says that the password is wrong, and not which', async () => {
    const port = await open({ disabledCommands: ['STARTTLS'] });
    const outcome = await send(`smtp://acme:another-passw0rd@127.0.0.1:${port}`);
    assert.ok(outcome.status === 'refused');
    assert.match(outcome.why, /^boss: answered 535 .*; check user and password in SMTP_URL$/);
    assert.ok(!outcome.why.includes('another'));
  });

  it('never goes on without STARTTLS where the address asks for it', async () => {
    const port = await open({ disabledCommands: ['STARTTLS'], authOptional: true });
    const outcome = await send(`smtp://127.0.0.1:${port}?requireTLS=true`);
    assert.ok(outcome.status === 'refused' && came.length === 0);
    assert.match(outcome.why, /SMTP_URL asks for STARTTLS, which this server does not offer$/);
  });

  for (const [scheme, secure] of [
    ['smtp', false],
    ['smtps', true],
  ] as const)
    it(`${scheme}: trusts no certificate that it should not`, async () => {
      const port = await open({ secure, authOptional: true });
      const outcome = await send(`${scheme}://127.0.0.1:${port}`);
      assert.ok(outcome.status === 'retry' && came.length === 0);
      assert.match(outcome.why, /^boss: no trusted TLS connection \([A-Z_]+\); check SMTP_URL/);
    });
});
