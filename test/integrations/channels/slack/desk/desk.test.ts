import assert from 'node:assert/strict';
import type { Posted } from '../../../../../src/core/ports/alerting/desk.ts';
import { isAnswerUrl } from '../../../../../src/integrations/channels/slack/desk/answer-url.ts';
import { lookedIn, pressedIn } from '../../../../../src/integrations/channels/slack/desk/payload.ts';
import { isSigned } from '../../../../../src/integrations/channels/slack/desk/signature.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const TIME = 1_795_910_400;
const BODY = 'payload=%7B%22type%22%3A%22block_actions%22%7D';
const SIGNATURE = 'v0=f4c9c181d53a79d6fce69c588f8a98c78fdf523095139877018e3c80673c6296';

describe('Slack’s signature', () => {
  const post = (over: Record<string, string | undefined> = {}, body = BODY): Posted => {
    const headers = { 'x-slack-request-timestamp': String(TIME), 'x-slack-signature': SIGNATURE, ...over };
    return { body: Buffer.from(body), headers };
  };
  const at = (seconds: number, posted = post(), secret = SECRET): boolean =>
    isSigned(posted, secret, (TIME + seconds) * 1000);

  it('is over time and body, and good for five minutes to both sides', () =>
    assert.deepEqual(
      [-301, -300, 0, 300, 301].map((seconds) => at(seconds)),
      [false, true, true, true, false],
    ));

  it('is nobody else’s', () => {
    for (const [what, posted] of [
      ['another body', post({}, `${BODY} `)],
      ['another time', post({ 'x-slack-request-timestamp': String(TIME + 1) })],
      ['none', post({ 'x-slack-signature': undefined })],
      ['no time', post({ 'x-slack-request-timestamp': undefined })],
      ['empty', post({ 'x-slack-signature': 'v0=' })],
      ['another scheme', post({ 'x-slack-signature': SIGNATURE.replace('v0', 'v1') })],
      ['cut', post({ 'x-slack-signature': SIGNATURE.slice(0, -1) })],
      ['a time that is none', post({ 'x-slack-request-timestamp': `${TIME}.0` })],
      ['upper case', post({ 'x-slack-signature': SIGNATURE.toUpperCase() })],
    ] as const)
      assert.equal(at(0, posted), false, what);
    assert.equal(at(0, post(), `${SECRET}0`), false, 'another secret');
  });
});

describe('what Slack posts', () => {
  const body = (payload: object): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const USER = { id: 'U0MADEUP1', username: 'ann', team_id: 'T0MADEUP1' };
  const action = { type: 'button', action_id: 'create_ticket', block_id: 'm-1#0', action_ts: '1.000001' };
  const around = { type: 'block_actions', user: USER, team: { id: 'T0MADEUP1' }, trigger_id: '1.2.a' };
  const pressed = (...actions: readonly object[]) => pressedIn(body({ ...around, actions }));

  it('says what is pressed, below which alert, by whom and where', () => {
    const where = {
      container: { message_ts: '1.5', channel_id: 'C0MADEUP1' },
      response_url: 'https://hooks.slack.com/x',
    };
    assert.deepEqual(
      pressedIn(body({ ...around, ...where, message: { ts: '1.5', thread_ts: '1.4' }, actions: [action] })),
      [
        {
          ...{ id: 'slack/U0MADEUP1/1.2.a/0', act: { kind: 'ticket', team: null }, messageId: 'm-1', place: 0 },
          who: { id: 'U0MADEUP1', name: 'ann', isStranger: false },
          at: { team: 'T0MADEUP1', channel: 'C0MADEUP1', ids: ['1.5', '1.4'], answerUrl: 'https://hooks.slack.com/x' },
        },
      ],
    );
  });

  it('has the acts by their names, below any alert', () => {
    const acts = (id: string, more: object = {}) =>
      pressed({ ...action, action_id: id, ...more })?.map(({ act }) => act);
    assert.deepEqual(acts('create_ticket:shop'), [{ kind: 'ticket', team: 'shop' }]);
    assert.deepEqual(acts('create_ticket:shop/3'), [{ kind: 'ticket', team: 'shop' }]);
    assert.deepEqual(acts('mute_1h'), [{ kind: 'mute', end: '1h' }]);
    assert.deepEqual(acts('mute_resolved/2'), [{ kind: 'mute', end: 'resolved' }]);
    assert.deepEqual(acts('add_to_ticket', { selected_option: { value: 'CRM-7' } }), [
      { kind: 'add', ticket: 'CRM-7' },
    ]);
    for (const id of ['add_to_ticket', 'mute_2h', 'create_tickets', 'open', '']) assert.equal(acts(id), undefined, id);
  });

  it('is nothing of ours where it is of another block, or a link', () => {
    assert.equal(pressed({ ...action, block_id: 'b1' }), null);
    assert.equal(pressedIn(body({ ...around, type: 'view_submission', actions: [] })), null);
    assert.deepEqual(
      pressed({ ...action, block_id: 'b1', value: 'm-1#4' })?.map(({ place }) => place),
      [4],
    );
  });

  it('may lack nearly everything', () => {
    const bare = { type: 'block_actions', user: USER, team: null, channel: null, message: null, actions: [action] };
    assert.deepEqual(pressedIn(body(bare))?.[0]!.at, { team: null, channel: null, ids: [], answerUrl: null });
    assert.equal(
      pressedIn(body(bare))?.[0]!.id,
      'slack/U0MADEUP1/1.000001/0',
      'without a trigger the time tells it apart',
    );
    for (const text of [
      '',
      'payload=',
      'payload=[]',
      'payload={',
      'a=b',
      `${body(around)}&payload=x`,
      body({ type: 'block_actions', actions: [] }),
    ])
      assert.equal(pressedIn(text), undefined, text);
    assert.equal(pressedIn(body({ ...around, user: { id: '../x' }, actions: [action] })), undefined);
    assert.equal(pressedIn(body({ ...around, actions: Array.from({ length: 26 }, () => action) })), undefined);
  });

  it('knows who is of another organization', () => {
    const isStranger = (more: object): boolean | undefined =>
      pressedIn(body({ ...around, ...more, actions: [action] }))?.[0]!.who.isStranger;
    assert.deepEqual(
      [{}, { team: { id: 'T0OTHER' } }, { team: { id: 'T0OTHER' }, enterprise: { id: 'E1' } }, { team: null }].map(
        isStranger,
      ),
      [false, true, false, false],
    );
  });

  it('says what is looked for', () => {
    const asks = { ...around, type: 'block_suggestion', action_id: 'add_to_ticket/1', block_id: 'm-1#1', value: 'crm' };
    const looked = lookedIn(body(asks));
    assert.deepEqual([looked?.text, looked?.messageId, looked?.who.id], ['crm', 'm-1', 'U0MADEUP1']);
    assert.equal(lookedIn(body({ ...asks, action_id: 'assignee' })), null);
    assert.equal(lookedIn('payload=no'), undefined);
  });
});

describe('where answers go', () => {
  const may = (url: string, api = 'https://slack.com/api'): boolean => isAnswerUrl(url, api);
  it('is Slack’s own host, or that of its methods, and nowhere else', () => {
    assert.equal(may('https://hooks.slack.com/actions/T0/1/x'), true);
    assert.equal(may('http://127.0.0.1:4000/answers/x', 'http://127.0.0.1:4000/slack/api'), true);
    for (const url of [
      'http://hooks.slack.com/actions/x',
      'https://hooks.slack.com.evil.example.com/x',
      'https://evil.example.com/hooks.slack.com',
      'https://user@hooks.slack.com/x',
      'https://hooks.slack.com:8443/x',
      'http://slack.com/api/x',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      '',
    ])
      assert.equal(may(url), false, url);
  });
});
