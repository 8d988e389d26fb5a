import assert from 'node:assert/strict';
import { SettingsError } from '../../../../src/config/schema.ts';
import { email } from '../../../../src/integrations/channels/email/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import type { Fitted } from '../../../../src/core/model/alerting/message.ts';
import { channelContract } from '../../../contract/channel.ts';
import { type ChannelSubject, type Peer, sendTo } from '../../../contract/channel-subject.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { smtpPeer } from '../../../support/alerting/smtp-peer.ts';
import type { Answer, Reply } from '../../../support/build/http-mock.ts';

await email.load();

const PASSWORD = 'Acm3-mail-passw0rd-0123456789';
const FROM = 'Acme alerts <alerts@example.com>';

function create(deps: Deps, port = 2525) {
  const SMTP_URL = `smtp://acme:${PASSWORD}@127.0.0.1:${port}`;
  return email.read({ 'channels.email': 'lead@example.com', MAIL_FROM: FROM, SMTP_URL }).create(deps, 'boss').part;
}

async function peer(replies: readonly Reply[]): Promise<Peer> {
  const { port, conversations, close } = await smtpPeer(replies);
  return { calls: conversations, create: (deps) => create(deps, port), close };
}

/** An answer to that command. */
function at(command: string, status: number, body: string): Answer {
  return { status, body, headers: { at: command } };
}

interface Body {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** What a browser would show of a text in HTML. */
function unescaped(html: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name]!);
}

function titlesIn(body: Fitted['body']): readonly string[] {
  const { text, html } = body as unknown as Body;
  const lines =
    html === undefined
      ? text.split('\n')
      : [...html.matchAll(/<p [^>]*>([^<]*)<\/p>/g)].map(([, it]) => unescaped(it!));
  return lines.flatMap((line) => /^Firing: (.*)$/.exec(line)?.[1] ?? []);
}

function callsIn(body: Fitted['body']): readonly string[] {
  return (body as unknown as Body).text.split('\n').flatMap((line) => /^ {4}(.*)$/.exec(line)?.[1] ?? []);
}

const subject: ChannelSubject = {
  create,
  name: 'boss',
  repeatSafe: false,
  secrets: [PASSWORD],
  endpoint: {
    request: peer,
    accepted: { status: 250, body: '2.0.0 Ok: queued as 4711' },
    ref: '<3f6c2c1e-5c1b-4a53-8b0e-6a3f0a9d2b11@example.com>',
    later: [
      at('CONN', 421, 'too many connections'),
      at('AUTH', 454, '4.7.0 Temporary authentication failure'),
      at('MAIL', 451, '4.3.0 try again'),
      at('RCPT', 450, '4.2.1 mailbox busy'),
      at('RCPT', 452, '4.2.2 mailbox full'),
      at('DATA', 451, '4.3.2 try later'),
      at('end', 451, '4.7.1 greylisted'),
      at('end', 421, '4.4.2 shutting down'),
      at('MAIL', 503, '5.5.1 out of order'),
    ],
    limited: [[at('MAIL', 454, 'Throttling failure: Daily message quota exceeded'), 3_600_000]],
    saysNo: [],
    badText: [at('end', 552, 'Message is too long'), at('end', 554, '5.6.0 bad content')],
    permanent: [
      at('CONN', 554, 'no mail from you'),
      at('AUTH', 535, '5.7.8 Authentication credentials invalid'),
      at('MAIL', 530, '5.7.0 Must issue a STARTTLS command first'),
      at('MAIL', 553, '5.1.8 sender unknown'),
      at('RCPT', 550, '5.1.1 no such user here'),
      at('DATA', 554, 'no valid recipients'),
      at('end', 554, 'Message rejected: Email address is not verified'),
    ],
  },
  check: (body) => {
    const { subject: line, text, html } = body as unknown as Body;
    assert.ok([...line].length <= 150 && !/[\p{Cc}\u2028\u2029]/u.test(line), line);
    assert.ok(!/[\u0000-\u0009\u000b-\u001f]/.test(text) && text.isWellFormed());
    assert.ok(Buffer.byteLength(html ?? text) <= 102_400, 'longer ones are cut off by those who show them');
    assert.ok(!/<(script|img|link|iframe|form)|url\(|@import/i.test((html ?? '').replace(/&lt;/g, '')));
  },
  titlesIn,
  callsIn,
  looks: (title) => onOneLine(title),
};

describe('the email channel', () => {
  channelContract({ ...subject });

  for (const command of ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'])
    it(`cut at ${command}: certainly not sent, later again`, async () => {
      const { outcome } = await sendTo(subject, [{ headers: { cut: command } }]);
      assert.equal(outcome.status, 'retry');
    });

  it('says what to do', async () => {
    const whys = [
      [at('AUTH', 535, '5.7.8 no'), 'boss: answered 535 5.7.8 no; check user and password in SMTP_URL'],
      [at('MAIL', 553, '5.1.8 sender unknown'), 'boss: answered 553 5.1.8 sender unknown; check MAIL_FROM'],
      [
        'refused',
        'boss: cannot hand over the mail (ECONNREFUSED, nothing listens there); check SMTP_URL and the network',
      ],
      ['cut', 'boss: the connection broke (ECONNECTION) before the mail was answered'],
    ] as const;
    for (const [reply, why] of whys) {
      const { outcome } = await sendTo(subject, [reply]);
      assert.ok(outcome.status !== 'accepted');
      assert.equal(outcome.why, why);
    }
  });

  it('is one whole mail to one address, and robots leave it alone', async () => {
    const message = messageOf(
      { thread: '<first@example.com>' },
      { severity: 'critical', subject: { title: 'Größe ≠ 1\r\nBcc: all@example.com' } },
    );
    const { calls } = await sendTo(subject, [{}], { message });
    const { commands, text } = calls[0] as unknown as { commands: readonly string[]; text: string };
    assert.deepEqual(
      commands.filter((it) => /^(MAIL|RCPT)/.test(it)),
      ['MAIL FROM:<alerts@example.com>', 'RCPT TO:<lead@example.com>'],
    );
    const [head = ''] = text.split('\r\n\r\n');
    const headers = head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .filter((it) => !/^(Content-|MIME-|Subject:)/i.test(it));
    assert.deepEqual(headers.toSorted(), [
      'Auto-Submitted: auto-generated',
      'Date: Fri, 20 Nov 2026 10:07:30 +0000',
      'From: Acme alerts <alerts@example.com>',
      'Importance: high',
      'In-Reply-To: <first@example.com>',
      'List-ID: <boss.sentry-monitor.example.com>',
      'Message-ID: <3f6c2c1e-5c1b-4a53-8b0e-6a3f0a9d2b11@example.com>',
      'References: <first@example.com>',
      'To: lead@example.com',
      'X-Auto-Response-Suppress: All',
      'X-Priority: 1',
    ]);
  });

  for (const [what, env, fault] of [
    [
      'no sender',
      { SMTP_URL: 'smtp://127.0.0.1' },
      'MAIL_FROM: is not set; set it to whom mail is from, such as alerts@example.com',
    ],
    ['no server', { MAIL_FROM: FROM }, /^SMTP_URL: is not set; set it to the server .* or set MAIL=ses$/],
    [
      'a path',
      { MAIL_FROM: FROM, SMTP_URL: `smtp://acme:${PASSWORD}@127.0.0.1/x` },
      /^SMTP_URL: has a path or fragment/,
    ],
    [
      'a web address',
      { MAIL_FROM: FROM, SMTP_URL: 'https://mail.example.com' },
      /^SMTP_URL: is not the address of a mail server/,
    ],
    [
      'a short password',
      { MAIL_FROM: FROM, SMTP_URL: 'smtp://acme:12345@127.0.0.1' },
      /^SMTP_URL: has a password of fewer than 6/,
    ],
    [
      'an option',
      { MAIL_FROM: FROM, SMTP_URL: 'smtp://127.0.0.1?pool=true' },
      /^SMTP_URL: has an option that is not known/,
    ],
    [
      'two senders',
      { MAIL_FROM: 'a@example.com, b@example.com', SMTP_URL: 'smtp://127.0.0.1' },
      /^MAIL_FROM: .* is not an e-mail address/,
    ],
  ] as const) {
    it(`is refused with ${what}`, () =>
      assert.throws(
        () => email.read({ 'channels.email': 'lead@example.com', ...env }),
        (error: Error) => {
          assert.ok(error instanceof SettingsError && !error.message.includes(PASSWORD));
          if (typeof fault === 'string') assert.equal(error.message, fault);
          else assert.match(error.message, fault);
          return true;
        },
      ));
  }
});
