import assert from 'node:assert/strict';
import { slackWebhook } from '../../../../src/integrations/channels/slack-webhook/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { channelContract } from '../../../contract/channel.ts';
import { sendTo } from '../../../contract/channel-subject.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { checkSlack, slackCalls, slackTitles } from '../../../support/alerting/slack-reading.ts';

await slackWebhook.load();

const SECRET = 'aBcD0123eFgH4567iJkL8901';
const URL_ = `https://hooks.slack.com/services/T0ACME00/B0ACME00/${SECRET}`;

function create(deps: Deps) {
  return slackWebhook.read({ 'channels.slack-webhook': URL_ }).create(deps, 'shop').part;
}

describe('the slack-webhook channel', () => {
  const subject = {
    create,
    name: 'shop',
    repeatSafe: false,
    secrets: [SECRET],
    endpoint: {
      request: { url: URL_ },
      accepted: { status: 200, body: 'ok' },
      limited: [[{ status: 429, headers: { 'retry-after': '30' }, body: 'rate_limited' }, 30_000]],
      saysNo: [
        ['no such webhook', { status: 200, body: 'no_service' }],
        ['an archived channel', { status: 200, body: 'channel_is_archived' }],
      ],
      badText: ['invalid_payload', 'no_text', 'invalid_blocks', 'too_many_attachments'].map((body) => ({
        status: 400,
        body,
      })),
      permanent: [
        { status: 400, body: 'user_not_found' },
        { status: 403, body: 'action_prohibited' },
        { status: 403, body: 'invalid_token' },
        { status: 404, body: 'no_service' },
        { status: 404, body: 'channel_not_found' },
        { status: 410, body: 'channel_is_archived' },
      ],
    },
    check: checkSlack,
    titlesIn: slackTitles,
    callsIn: slackCalls,
    looks: (title: string) => onOneLine(title),
  } as const;
  channelContract({ ...subject });

  it('does not know what became of it when Slack itself does not', async () => {
    const { outcome } = await sendTo(subject, [{ status: 500, body: 'rollup_error' }]);
    assert.equal(outcome.status, 'uncertain');
  });

  it('says what to do', async () => {
    const { outcome } = await sendTo(subject, [{ status: 404, body: 'no_service' }]);
    assert.deepEqual(outcome, {
      status: 'refused',
      why: 'shop: answered 404: no_service; make a new webhook: this one is gone',
    });
  });
});
