import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { mailFault, readMail } from '../../../sandbox/mail/rules.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { createClock } from '../../support/time/clock.ts';

const ENVELOPE = { from: 'alerts@example.com', to: ['lead@example.com'] };
const HEADERS = [
  'From: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= <alerts@example.com>',
  'To: lead@example.com',
  'Subject: =?UTF-8?B?R3LDvMOf?= =?UTF-8?B?ZQ==?=',
  'Date: Fri, 20 Nov 2026 10:07:30 +0000',
  'Message-ID: <1@example.com>',
  'MIME-Version: 1.0',
  'Auto-Submitted: auto-generated',
  'List-Id: <boss.sentry-monitor.example.com>',
];
const PARTS = [
  'Content-Type: multipart/alternative; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=C3=BC=C3=9Fe und =',
  'mehr',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<p>Grüße &lt;script&gt; <a href="https://x.example">x</a></p>').toString('base64'),
  '--b--',
];
const mail = (headers: readonly string[] = HEADERS, parts: readonly string[] = PARTS): string =>
  [...headers, ...parts].join('\r\n');
const html = (text: string): readonly string[] =>
  PARTS.map((line, index) => (index === 12 ? Buffer.from(text).toString('base64') : line));

describe('mail in the sandbox', () => {
  it('is read as people see it', () => {
    assert.equal(mailFault(mail(), ENVELOPE), undefined);
    assert.deepEqual(readMail(mail()), {
      id: '<1@example.com>',
      thread: null,
      subject: 'Grüße',
      text: 'Grüße und mehr\n',
      html: '<p>Grüße &lt;script&gt; <a href="https://x.example">x</a></p>',
    });
  });

  for (const [what, raw, envelope, why] of [
    ['a second subject', mail([...HEADERS, 'Subject: x']), ENVELOPE, /subject stands there not once/],
    ['a header that somebody slipped in', mail([...HEADERS, 'Bcc: all@example.com']), ENVELOPE, /a header "bcc"/],
    ['a line that ends with half of its end', `${mail()}\n`, ENVELOPE, /half of its end/],
    ['a line of 999 octets', mail([...HEADERS, `X-Mailer: ${'x'.repeat(990)}`]), ENVELOPE, /998/],
    ['eight bits', mail([...HEADERS.slice(1), 'From: Grüße <alerts@example.com>']), ENVELOPE, /not plain ASCII/],
    ['two recipients', mail(), { ...ENVELOPE, to: ['lead@example.com', 'cto@example.com'] }, /2 recipients/],
    ['another recipient than it names', mail(), { ...ENVELOPE, to: ['cto@example.com'] }, /to is somebody else/],
    ['another sender', mail(), { ...ENVELOPE, from: 'x@example.com' }, /from is somebody else/],
    ['what robots answer', mail(HEADERS.map((line) => line.replace('auto-generated', 'no'))), ENVELOPE, /robots/],
    ['no id', mail(HEADERS.map((line) => line.replace('<1@example.com>', '1'))), ENVELOPE, /no id of a mail/],
    ['a picture', mail(HEADERS, html('<img src="https://x.example/1.png">')), ENVELOPE, /runs or loads/],
    ['a script', mail(HEADERS, html('<script>1</script>')), ENVELOPE, /runs or loads/],
    ['a style that loads', mail(HEADERS, html('<p style="background:url(x)">x</p>')), ENVELOPE, /runs or loads/],
    ['a link that runs', mail(HEADERS, html('<a href="javascript:1">x</a>')), ENVELOPE, /no web address/],
    [
      'no text',
      mail(
        HEADERS,
        html('x').map((line) => line.replace('text/plain', 'text/other')),
      ),
      ENVELOPE,
      /no text/,
    ],
  ] as const)
    it(`is refused with ${what}`, () => assert.match(mailFault(raw, envelope) ?? 'taken', why));

  describe('its server', () => {
    let sandbox: Sandbox;
    const clock = createClock();
    before(async () => void (sandbox = await startSandbox({ now: () => clock.now() })));
    after(() => sandbox.close());

    /** What is answered to each line, by its code. */
    function talk(lines: readonly string[]): Promise<readonly string[]> {
      const { hostname, port } = new URL(sandbox.addresses.smtp);
      return new Promise((done, fail) => {
        let said = '';
        const socket = connect(Number(port), hostname, () => socket.write(lines.map((line) => `${line}\r\n`).join('')));
        socket.on('data', (chunk) => (said += chunk.toString()));
        socket.on('error', fail);
        socket.on('close', () =>
          done(
            said
              .split('\r\n')
              .filter((line) => /^\d{3} /.test(line))
              .map((line) => line.slice(0, 3)),
          ),
        );
      });
    }

    it('wants a login, an order, and addresses that are some', async () => {
      const login = Buffer.from(`\0${sandbox.keys.smtpUser}\0${sandbox.keys.smtpPassword}`).toString('base64');
      const wrong = Buffer.from('\0a\0b').toString('base64');
      assert.deepEqual(
        await talk([
          ...[
            'EHLO x',
            'MAIL FROM:<a@example.com>',
            `AUTH PLAIN ${wrong}`,
            `AUTH PLAIN ${login}`,
            'DATA',
            'RCPT TO:<b@example.com>',
          ],
          ...[
            'MAIL FROM:<a b>',
            'MAIL FROM:<a@example.com>',
            'RCPT TO:<nobody@example.com>',
            'RCPT TO:<jörg@example.com>',
            'DATA',
            'VRFY x',
            'NOOP',
            'QUIT',
          ],
        ]),
        ['220', '250', '530', '535', '235', '503', '503', '501', '250', '550', '501', '503', '502', '250', '221'],
      );
    });

    it('takes a login in two questions, and what begins with a dot', async () => {
      const { smtpUser, smtpPassword } = sandbox.keys;
      const [user, password] = [smtpUser, smtpPassword].map((it) => Buffer.from(it).toString('base64'));
      const dotted = mail(HEADERS, ['Content-Type: text/plain', '', '..a dot', 'and']).split('\r\n');
      assert.deepEqual(
        await talk([
          ...[
            'EHLO x',
            'AUTH LOGIN',
            user!,
            password!,
            'MAIL FROM:<alerts@example.com>',
            'RCPT TO:<lead@example.com>',
            'DATA',
          ],
          ...[...dotted, '.', 'QUIT'],
        ]),
        ['220', '250', '334', '334', '235', '250', '250', '354', '250', '221'],
      );
      assert.equal(sandbox.world.received.mail.messages[0]!.text, '.a dot\nand\n');
    });
  });
});
