import assert from 'node:assert/strict';
import { slack } from '../../../../src/integrations/channels/slack/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { SettingsError } from '../../../../src/config/schema.ts';
import { channelContract } from '../../../contract/channel.ts';
import { type ChannelSubject, sendTo } from '../../../contract/channel-subject.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { checkSlack, slackCalls, slackTitles } from '../../../support/alerting/slack-reading.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await slack.load();

const TOKEN = 'xoxb-acme0123456789-abcdefghijklmnop';
const PLACE = { ok: true, channel: 'C024BE91L', ts: '1503435956.000247' };
const says = (error: string) => ({ status: 200, body: { ok: false, error } });

function create(deps: Deps) {
  return slack.read({ 'channels.slack': '#crm', 'channels.slack.key': TOKEN }).create(deps, 'crm').part;
}

const subject: ChannelSubject = {
  create,
  name: 'crm',
  repeatSafe: false,
  secrets: [TOKEN],
  endpoint: {
    request: {
      url: 'https://slack.com/api/chat.postMessage',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8' },
    },
    accepted: { status: 200, body: PLACE },
    ref: 'C024BE91L/1503435956.000247/1',
    limited: [
      [{ status: 429, headers: { 'retry-after': '30' }, body: { ok: false, error: 'ratelimited' } }, 30_000],
      [{ status: 503, headers: { 'retry-after': '7' }, body: 'busy' }, 7_000],
    ],
    saysNo: [
      'channel_not_found',
      'not_in_channel',
      'is_archived',
      'invalid_auth',
      'missing_scope',
      'a_word_of_tomorrow',
    ].map((word) => [word, says(word)] as const),
    badText: ['invalid_blocks', 'msg_too_long', 'msg_blocks_too_long', 'no_text', 'invalid_arguments'].map(says),
    permanent: [401, 403, 404, 405].map((status) => ({ status, body: 'no' })),
  },
  check: (body) => checkSlack(body, ['channel']),
  titlesIn: slackTitles,
  callsIn: slackCalls,
  looks: (title) => onOneLine(title),
};

describe('the slack channel', () => {
  channelContract({ ...subject });

  for (const word of ['ratelimited', 'rate_limited', 'service_unavailable', 'request_timeout'])
    it(`${word}: later again`, async () => assert.equal((await sendTo(subject, [says(word)])).outcome.status, 'retry'));

  for (const answer of [
    says('internal_error'),
    says('fatal_error'),
    { status: 200, body: '{}' },
    { status: 200, body: 'ok' },
  ])
    it(`${JSON.stringify(answer.body)}: nobody knows whether it was taken`, async () =>
      assert.equal((await sendTo(subject, [answer])).outcome.status, 'uncertain'));

  it('says what to do', async () => {
    assert.deepEqual((await sendTo(subject, [says('channel_not_found')])).outcome, {
      status: 'refused',
      why:
        'crm: answered 200, and says no: channel_not_found; ' +
        'check its name, write its id instead, or invite the app to it',
    });
  });

  it('asks where SLACK_API_URL says, with a slash at its end or without, and no file can say it', async () => {
    const own = { 'channels.slack': 'C024BE91L', 'channels.slack.key': TOKEN };
    for (const url of ['http://127.0.0.1:4000/slack/api', 'http://127.0.0.1:4000/slack/api/']) {
      const calls = mock({ method: 'POST', url: 'http://127.0.0.1:4000/slack/api/chat.postMessage' }, { body: PLACE });
      const channel = slack.read({ ...own, SLACK_API_URL: url }).create(depsOf(), 'crm').part;
      await channel.send(channel.fit(messageOf(), 'rich'), messageOf(), scopeOf());
      assert.equal((calls[0]!.body as { channel: string }).channel, 'C024BE91L');
    }
    assert.deepEqual(
      slack.keys.map(({ key }) => key),
      ['slack', 'key', 'slackUsers'],
    );
  });

  for (const channel of ['crm', '#', '#two words', 'https://acme.slack.com/archives/C024BE91L', '@ann'])
    it(`does not take ${channel} for a channel`, () =>
      assert.throws(
        () => slack.read({ 'channels.slack': channel, 'channels.slack.key': TOKEN }),
        (error) => error instanceof SettingsError && /write the name of a channel in quotes/.test(error.message),
      ));
});
