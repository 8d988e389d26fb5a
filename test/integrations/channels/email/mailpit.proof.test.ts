import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { email } from '../../../../src/integrations/channels/email/index.ts';
import { messageOf, NASTY } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { itWith, toolHere } from '../../../support/process/tools.ts';
import { until } from '../../../support/time/until.ts';

await email.load();

/** What Mailpit says of a mail. */
interface Mail {
  readonly Subject: string;
  readonly MessageID: string;
  readonly To: readonly { readonly Address: string }[];
  readonly Text: string;
  readonly HTML: string;
}

describe('mail as Mailpit reads it', function () {
  this.timeout(240_000);
  let mailpit: ChildProcess | undefined;
  afterEach(() => void mailpit?.kill());

  itWith(
    'mailpit',
    toolHere('mailpit'),
    'has every nasty title, one recipient each, and no warning of its HTML',
    async (program) => {
      const [smtp, http] = [await freePort(), await freePort()];
      mailpit = spawn(program, ['--smtp', `127.0.0.1:${smtp}`, '--listen', `127.0.0.1:${http}`], { stdio: 'ignore' });
      const ask = async (path: string): Promise<unknown> => (await fetch(`http://127.0.0.1:${http}${path}`)).json();
      await until(
        'mailpit is ready',
        async () => (await fetch(`http://127.0.0.1:${http}/readyz`).catch(() => null))?.ok === true,
        20_000,
      );
      const env = {
        'channels.email': 'lead@example.com',
        MAIL_FROM: 'Acme <alerts@example.com>',
        SMTP_URL: `smtp://127.0.0.1:${smtp}`,
      };
      const channel = email.read(env).create(depsOf(), 'boss').part;
      for (const [index, title] of NASTY.entries()) {
        const message = messageOf(
          { id: `title-${index}`, thread: index === 0 ? null : '<title-0@example.com>' },
          { subject: { title } },
        );
        assert.equal((await channel.send(channel.fit(message, 'rich'), message, scopeOf())).status, 'accepted', title);
      }
      const { messages, total } = (await ask('/api/v1/messages?limit=100')) as {
        messages: { ID: string; MessageID: string }[];
        total: number;
      };
      assert.equal(total, NASTY.length);
      for (const { ID, MessageID } of messages) {
        const mail = (await ask(`/api/v1/message/${ID}`)) as Mail;
        const title = onOneLine(NASTY[Number(MessageID.slice('title-'.length).split('@')[0])]!);
        assert.deepEqual(
          mail.To.map(({ Address }) => Address),
          ['lead@example.com'],
        );
        assert.ok(mail.Text.includes(`Firing: ${title}`), `${title}: ${mail.Text}`);
        assert.ok(!/<(script|img|link)\b/i.test(mail.HTML));
      }
      const over = messageOf({ id: 'over', alerts: [alertOf({ state: 'resolved' })] });
      for (const _ of [1, 2]) await channel.send(channel.fit(over, 'rich'), over, scopeOf());
      const same = (await ask('/api/v1/search?query=message-id:over@example.com')) as { messages_count: number };
      assert.equal(same.messages_count, 2, 'a repeat has the same id, and Mailpit keeps both');
    },
  );
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
