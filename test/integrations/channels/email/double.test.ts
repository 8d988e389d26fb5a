import assert from 'node:assert/strict';
import type { SendOutcome } from '../../../../src/core/ports/alerting/channel.ts';
import { email } from '../../../../src/integrations/channels/email/index.ts';
import { atItsDouble } from '../../../contract/channel-double.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';

await email.load();

const MAIL_FROM = '"Acme, alerts" <alerts@example.com>';

describe('the email channel at a strict server of mail', () => {
  const { send, inbox, sandbox } = atItsDouble({
    vendor: 'mail',
    seconds: undefined,
    create: ({ addresses: { smtp } }, deps) => to('lead@example.com', smtp, deps),
  });

  function to(address: string, SMTP_URL = sandbox().addresses.smtp, deps = depsOf()) {
    return email.read({ 'channels.email': address, MAIL_FROM, SMTP_URL }).create(deps, 'boss').part;
  }

  it('is a thread by the ids of its mails', async () => {
    const first = await send(messageOf());
    assert.ok(first.status === 'accepted');
    await send(messageOf({ id: 'over', thread: first.ref!, alerts: [alertOf({ state: 'resolved' })] }));
    const { messages } = inbox();
    assert.deepEqual(
      messages.map(({ to: who, thread, subject }) => [who, thread, subject]),
      [
        ['lead@example.com', null, 'crm-checkout: firing, TypeError: x is undefined'],
        ['lead@example.com', first.ref, 'crm-checkout: resolved, TypeError: x is undefined'],
      ],
    );
  });

  it('is the same mail when it is repeated, and says that it may be one', async () => {
    await send(messageOf());
    await send(messageOf({ mayRepeat: true }));
    const [one, two] = inbox().messages;
    assert.equal(one!.id, two!.id);
    assert.match(two!.subject, /^May be a repeat: /);
  });

  it('has text and HTML that say the same', async () => {
    await send(
      messageOf(
        { lines: ['held back: quiet until 07:00 Europe/Berlin'] },
        { runbook: 'https://wiki.example.com/a?b=1&c=2' },
      ),
    );
    const { text, html = '' } = inbox().messages[0]!;
    for (const words of [
      'held back: quiet until 07:00 Europe/Berlin',
      'Firing: TypeError: x is undefined',
      '52 events where',
      'warning',
    ])
      assert.ok(text.includes(words) && html.includes(words), words);
    assert.ok(text.includes('runbook: https://wiki.example.com/a?b=1&c=2'));
    assert.ok(html.includes('href="https://wiki.example.com/a?b=1&amp;c=2"'));
  });

  it('knows nobody there for good, and says so', async () => {
    const outcome: SendOutcome = await send(messageOf(), 'rich', to('nobody@example.com'));
    assert.deepEqual(outcome, { status: 'refused', why: 'boss: answered 550 5.1.1 no such user here' });
  });

  it('knows what certainly was not sent: cut at a command', async () => {
    for (const match of ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA']) {
      sandbox().world.faults.add({ vendor: 'mail', endpoint: 'smtp-command', kind: 'cut', match });
      assert.equal((await send(messageOf())).status, 'retry', match);
    }
    assert.deepEqual(inbox().messages, []);
  });

  it('writes names of domains as servers know them', async () => {
    assert.equal((await send(messageOf(), 'rich', to('lead@büro.example'))).status, 'accepted');
    assert.equal(inbox().messages[0]!.to, 'lead@xn--bro-hoa.example');
  });
});
