import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type JiraDouble, startJira } from '../../sandbox/jira/server.ts';
import type { Service } from '../support/e2e/service.ts';
import { basic, textIn } from '../support/pages/read-page.ts';
import { payloadOf, type Pressing, SIGNING_SECRET, signed, suggestionOf } from '../support/slack/press.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';

const JIRA_KEY = 'jira-token-0123456789';
const HOOK_SECRET = 'jira-webhook-0123456789';
const ANN = { ...basic('ann', 'ann-token-0123456789'), connection: 'close' };

describe('people in Slack, and on the page', () => {
  let bench: AlertBench;
  let jira: JiraDouble;
  let service: Service;
  before(async () => {
    bench = await openAlertBench('stopped');
    const { addresses, keys } = bench.sandbox;
    jira = await startJira({ kind: 'data-center', now: bench.clock.now, login: `Bearer ${JIRA_KEY}` });
    bench.fill(0, 20);
    service = await bench.serveRules([{ when: 'any', each: 'issue' }], {
      channels: { crm: { slack: '#crm', key: 'BOT_TOKEN' } },
      file: {
        defaults: { tell: 'crm' },
        tickets: {
          jira: {
            ...{ url: jira.url, key: 'JIRA_TOKEN', project: 'CRM', webhook: 'JIRA_HOOK' },
            teams: { crm: { assignee: 'ben' } },
          },
        },
      },
      env: {
        ...{ LEDGER_URL: bench.ledgerUrl, BOT_TOKEN: keys.slackToken, SLACK_API_URL: addresses.slackApi },
        ...{ SLACK_SIGNING_SECRET: SIGNING_SECRET, JIRA_TOKEN: JIRA_KEY, JIRA_HOOK: HOOK_SECRET },
        ...{ PAGE_ACTIONS: 'true', PAGE_USERS: 'ann:ann-token-0123456789' },
      },
    });
    assert.equal((await service.post()).status, 200);
  });
  after(async () => {
    await bench.close();
    await jira.close();
  });

  const messages = () => bench.sandbox.world.received.slack.messages;
  const post = (path: string, { body, headers }: ReturnType<typeof signed>): Promise<Response> =>
    fetch(`${service.url}${path}`, { method: 'POST', body, headers });
  const press = (pressing: Pressing, at = bench.clock.now()): Promise<Response> =>
    post('/slack/actions', signed(payloadOf(messages()[0]!, bench.sandbox.url, pressing), at));
  const page = async (path: string): Promise<string> => (await fetch(`${service.url}${path}`, { headers: ANN })).text();

  it('see what they can press below an alert', () =>
    assert.deepEqual(
      messages()[0]!.pressables?.map(({ actionId, text }) => [actionId, text]),
      [
        ['create_ticket:crm', 'Ticket for crm'],
        ['add_to_ticket', 'Add to ticket…'],
        ['mute_1h', 'Mute 1 h'],
        ['mute_1d', 'Mute 1 d'],
        ['mute_resolved', 'Mute until resolved'],
      ],
    ));

  it('are heard only with Slack’s signature of the last five minutes', async () => {
    const good = signed(payloadOf(messages()[0]!, bench.sandbox.url, { actionId: 'mute_1h' }), bench.clock.now());
    for (const [what, sent] of [
      ['no signature', { ...good, headers: { connection: 'close' } }],
      ['of another secret', signed({}, bench.clock.now(), 'another-secret-0123')],
      ['of another body', { ...good, body: `${good.body}%20` }],
    ] as const) {
      const response = await post('/slack/actions', sent);
      assert.equal(response.status, 401, what);
      assert.equal(((await response.json()) as { detail: string }).detail, 'not signed by who may post here', what);
    }
    for (const at of [-360_000, 360_000])
      assert.equal((await press({ actionId: 'mute_1h' }, bench.clock.now() + at)).status, 401);
    assert.equal((await post('/slack/options', { ...good, headers: { connection: 'close' } })).status, 401);
    assert.deepEqual(messages().length, 1);
  });

  it('have a ticket made: the message says so, and a second press makes no second one', async () => {
    const response = await press({ actionId: 'create_ticket:crm' });
    assert.deepEqual([response.status, await response.text()], [200, '']);
    await bench.until(() => messages()[0]!.changes === 1);
    assert.match(messages()[0]!.text, /\nCreated CRM-1 \(ann \(U0MADEUP1\)\)\n/);
    assert.match(messages()[0]!.text, /UTC; CRM-1; warning/);
    assert.equal(messages()[0]!.pressables![0]!.text, 'Comment on CRM-1');
    assert.match(String(jira.issues[0]!.description), /\{noformat\}\n[\s\S]*Error: trouble 101\n/);
    assert.equal((await press({ actionId: 'create_ticket', trigger: 'second' })).status, 200);
    await bench.until(() => messages()[0]!.changes === 2);
    assert.match(messages()[0]!.text, /There is CRM-1/);
    assert.deepEqual(
      jira.issues.map(({ key }) => key),
      ['CRM-1'],
    );
  });

  it('find tickets to add to', async () => {
    const sent = signed(suggestionOf(messages()[0]!, 'crm-1'), bench.clock.now());
    const response = await post('/slack/options', sent);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      options: [{ text: { type: 'plain_text', text: 'CRM-1 Error: trouble 101', emoji: false }, value: 'CRM-1' }],
    });
  });

  it('see the ticket on the page, choose by it, and act on it by name, from a form of ours alone', async () => {
    const list = async (choice: string) => textIn(await page(`/issues?ticket=${choice}`));
    assert.match(await list('open'), /Error: trouble 101 .*CRM-1 comment on CRM-1/);
    assert.doesNotMatch(await list('none'), /trouble 101/);
    const form = await page('/act/ticket?issue=101&project=web');
    assert.match(textIn(form), /Error: trouble 101 \(issue 101\) For team no team crm Add it to a ticket/);
    const proof = /name="proof" value="([^"]+)"/.exec(form)![1]!;
    const act = (body: Readonly<Record<string, string>>, origin = service.url): Promise<Response> =>
      fetch(`${service.url}/act/ticket`, {
        method: 'POST',
        body: new URLSearchParams(body),
        headers: { ...ANN, origin },
        redirect: 'manual',
      });
    const wanted = { issue: '101', project: 'web' };
    assert.equal((await act({ ...wanted, proof: 'guessed' })).status, 403);
    assert.equal((await act({ ...wanted, proof }, 'https://evil.example.com')).status, 403);
    assert.equal((await act({ ...wanted, proof, team: 'eve' })).status, 400);
    const done = await act({ ...wanted, proof });
    assert.deepEqual([done.status, done.headers.get('location')], [303, '/messages#done']);
    assert.match(textIn(await page('/messages')), /ann saw to a ticket: There is CRM-1, for Error: trouble 101/);
    assert.equal(jira.issues.length, 1);
  });

  it('mute by a press, once, and are told why not', async () => {
    assert.equal((await press({ actionId: 'mute_1h', trigger: 'third' })).status, 200);
    await bench.until(() => messages()[0]!.changes === 3);
    assert.match(messages()[0]!.text, /\nann \(U0MADEUP1\): muted until 2026-11-20 11:07 UTC\n/);
    await press({ actionId: 'mute_1h', trigger: 'third' });
    await bench.until(() => messages().length === 2);
    await press({ actionId: 'mute_1d', trigger: 'fourth' });
    await bench.until(() => messages().length === 3);
    assert.deepEqual([messages()[1]!.to, messages()[1]!.text], ['@U0MADEUP1', 'This was done already.']);
    assert.match(messages()[2]!.text, /^Not done: for more than an hour it is muted by those alone whom slackUsers/);
  });

  it('see at once what became of a ticket in Jira, by a post that Jira signs', async () => {
    const { id } = jira.issues[0]!;
    const body = JSON.stringify({ webhookEvent: 'jira:issue_updated', issue: { id } });
    const hook = (secret: string): Promise<Response> => {
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      return post('/tickets/jira', { body, headers: { 'x-hub-signature': signature, connection: 'close' } });
    };
    const openOnes = async (): Promise<string> => textIn(await page('/issues?ticket=open'));
    bench.clock.advance(60_000);
    jira.resolve('CRM-1', 'Done');
    assert.equal((await hook('another-secret-0123')).status, 401);
    assert.match(await openOnes(), /trouble 101/);
    assert.equal((await hook(HOOK_SECRET)).status, 200);
    await bench.until(() => jira.asked.at(-1) === `GET /rest/api/2/issue/${id}`);
    await bench.until(async () => {
      bench.clock.advance(3_000);
      return !/trouble 101/.test(await openOnes());
    });
  });
});
