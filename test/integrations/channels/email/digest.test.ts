import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { decode } from 'fast-png';
import { SMTPServer } from 'smtp-server';
import { mailFault, readMail } from '../../../../sandbox/mail/rules.ts';
import { email } from '../../../../src/integrations/channels/email/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { createLogBook, scopeOf } from '../../../support/build/scope.ts';
import { chartOf, DAY, digestMessage, filterOf, issueOf } from '../../../support/digests/digests.ts';

await email.load();

const FROM = 'alerts@example.com';

/** Types of the parts of a mail, with how deep each lies. */
function typesIn(raw: string): readonly string[] {
  return [...raw.matchAll(/^Content-Type: ([\w/]+)/gm)].map(([, type]) => type!);
}

describe('the mail of a digest, at a server of mail that others wrote', () => {
  const came: string[] = [];
  let server: SMTPServer;
  let port = 0;

  before(async () => {
    server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          came.push(Buffer.concat(chunks).toString('latin1'));
          done();
        });
      },
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    port = (server.server.address() as AddressInfo).port;
  });
  beforeEach(() => void came.splice(0));
  after(() => new Promise<void>((done) => server.close(done)));

  function channelWith(deps = depsOf()) {
    const env = { 'channels.email': 'lead@example.com', MAIL_FROM: FROM, SMTP_URL: `smtp://127.0.0.1:${port}` };
    return email.read(env).create(deps, 'boss').part;
  }

  it('has text, HTML with its table, and the chart as a picture in it', async () => {
    const channel = channelWith();
    const message = digestMessage();
    assert.equal((await channel.send(channel.fit(message, 'rich'), message, scopeOf())).status, 'accepted');
    const [raw = ''] = came;
    assert.deepEqual(typesIn(raw), [
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
    ]);
    assert.equal(mailFault(raw.trimEnd().replace(/$/, '\r\n'), { from: FROM, to: ['lead@example.com'] }), undefined);
    const { text, html = '', picture } = readMail(raw);
    assert.match(text, /^09:00 ▂▃▄▄▃·▃▃▂·▁▁▁×××▁▁█▄▂▃▃▅ 09:00$/m);
    assert.match(html, /crm-checkout<\/a>[^]*<b>1,234<\/b>[^]*1,000<br>[^]*\+23 %/);
    const { width, height } = decode(Buffer.from(picture!.src.split(',')[1]!, 'base64'));
    assert.deepEqual([width, height], [1200, 648]);
    assert.match(picture!.alt, /^crm-morning, Thu 19 Nov 09:00 to .*: at least 1,052 events; .* 50, 65, 100$/);
    assert.ok(!html.includes('▂'), 'letters and picture');
  });

  it('whose chart cannot be drawn goes without it, with letters for the bars, and the log says so', async () => {
    const log = createLogBook();
    const deps = { ...depsOf(), pictures: { draw: () => Promise.reject(new Error('no memory left')) } };
    const channel = channelWith(deps);
    const message = digestMessage();
    const outcome = await channel.send(channel.fit(message, 'rich'), message, { ...scopeOf(), log });
    assert.equal(outcome.status, 'accepted');
    assert.deepEqual(typesIn(came[0]!), ['multipart/alternative', 'text/plain', 'text/html']);
    assert.match(readMail(came[0]!).html!, /<pre [^>]*>09:00 ▂▃▄▄▃·/);
    assert.deepEqual(
      log.lines.map(({ text, fields }) => [text, fields]),
      [['chart not drawn', { channel: 'boss', error: 'no memory left' }]],
    );
  });

  it('without a chart draws nothing, and in its plain form is text alone', async () => {
    const deps = { ...depsOf(), pictures: { draw: () => assert.fail('drawn') } };
    const channel = channelWith(deps);
    const without = digestMessage({}, { chart: null });
    await channel.send(channel.fit(without, 'rich'), without, scopeOf());
    const message = digestMessage();
    await channel.send(channel.fit(message, 'plain'), message, scopeOf());
    assert.deepEqual(came.map(typesIn), [['multipart/alternative', 'text/plain', 'text/html'], ['text/plain']]);
    assert.ok(!readMail(came[0]!).html!.includes('<img'));
  });
});

describe('the HTML of a digest', () => {
  const htmlOf = (...filters: Parameters<typeof filterOf>[0][]): string =>
    htmlOfDigest({ filters: filters.map(filterOf) });
  const htmlOfDigest = (digest: Parameters<typeof digestMessage>[1]): string => {
    const env = { 'channels.email': 'lead@example.com', MAIL_FROM: FROM, SMTP_URL: 'smtp://127.0.0.1' };
    const channel = email.read(env).create(depsOf(), 'boss').part;
    const message = digestMessage({}, { chart: chartOf(DAY), ...digest });
    return (channel.fit(message, 'rich').body as { html: string }).html;
  };

  it('of what was stored has the first and the last event of each issue, and what was not read', () => {
    const records = {
      first: { at: '2026-11-20T07:03:00.000Z', title: 'a' },
      last: { at: '2026-11-20T09:05:00.000Z', title: 'b' },
    };
    const filters = [filterOf({ biggest: [issueOf({ records })] })];
    const html = htmlOfDigest({ since: 'delivered', filters, lacks: ['the intake shop was read up to 09:00 <only>'] });
    assert.match(html, /first Fri 20 Nov 08:03 · last Fri 20 Nov 10:05/);
    assert.match(html, /What is missing[^]*the intake shop was read up to 09:00 &lt;only&gt;/);
  });

  it('says what is new, back, biggest and archived, each with its link', () => {
    const issue = (title: string, state: 'new' | 'regressed' | 'archived' | 'surging') => issueOf({ title, state });
    const html = htmlOf({
      new: { count: 12, first: [issue('One <new>', 'new')] },
      regressed: { count: 1, first: [issue('One back', 'regressed')] },
      archived: { count: 1, first: [issue('One archived', 'archived')] },
      biggest: [issue('One big', 'surging')],
    });
    for (const words of [/New issues: 12<.*One &lt;new&gt;<\/a>.*and 11 more</, /Back .*: 1<.*One back</])
      assert.match(html, words);
    assert.match(html, /Most events<.*One big<\/a><\/p>[^\n]*52 events · surging · error · crm-web</);
    assert.match(html, /Archived: 1<.*One archived</);
    assert.equal(html.match(/href="https:\/\/sentry\.example\.com\/issues\/6507376925\/"/g)?.length, 4);
  });

  it('marks counts that are a lower bound, and says what is missing and when', () => {
    const windows = {
      ...filterOf().windows,
      ...{ counted: 285, notCounted: 3, incomplete: 2, silent: 1 },
      gaps: [
        { start: '2026-11-20T01:10:00.000Z', end: '2026-11-20T01:25:00.000Z', what: 'not counted' as const },
        { start: '2026-11-19T22:55:00.000Z', end: '2026-11-19T23:05:00.000Z', what: 'incomplete' as const },
        { start: '2026-11-20T06:00:00.000Z', end: '2026-11-20T06:05:00.000Z', what: 'silent' as const },
      ],
    };
    const html = htmlOf({ windows });
    assert.ok(html.includes('<b>≥ 1,234</b>') && !html.includes(' %<'), 'no change of what is not known');
    assert.ok(
      html.includes(
        'crm-checkout: of 288 windows 3 not counted (Fri 20 Nov 02:10 to 02:25); ' +
          '2 incomplete (Thu 19 Nov 23:55 to Fri 20 Nov 00:05); 1 with a silent source (Fri 20 Nov 07:00 to 07:05)',
      ),
    );
  });

  it('says what alerts were told, and what was held back', () => {
    const rule = { rule: 'events > 100', severity: 'warning', began: 2, ended: 1, told: 0 } as const;
    const html = htmlOf({ rules: [rule], held: { muted: 3, 'given up': 1 } });
    assert.match(html, /crm-checkout, events &gt; 100 \(warning\): 2 began, 1 ended</);
    assert.match(html, /crm-checkout, not told: 3 muted, 1 given up</);
  });

  it('of two hundred filters with ten issues each is no longer than programs for mail show', () => {
    const all = Array.from({ length: 200 }, (_, n) => ({
      filter: `filter-${'x'.repeat(50)}-${n}`,
      events: n,
      biggest: Array.from({ length: 10 }, () => issueOf({ title: '語'.repeat(200) })),
    }));
    const html = htmlOf(...all);
    assert.ok(Buffer.byteLength(html) < 100_000, String(Buffer.byteLength(html)));
    assert.ok(html.includes('-199</a>') && !html.includes('-139</a>'));
    // 0 + 1 + … + 139
    assert.match(html, /and 140 more filters, with 9,730 events together/);
  });
});
