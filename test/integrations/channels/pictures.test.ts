import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import type { Channel } from '../../../src/core/ports/alerting/channel.ts';
import { discord } from '../../../src/integrations/channels/discord/index.ts';
import { slack } from '../../../src/integrations/channels/slack/index.ts';
import { slackWebhook } from '../../../src/integrations/channels/slack-webhook/index.ts';
import { teams } from '../../../src/integrations/channels/teams/index.ts';
import { pictureUrl } from '../../../src/platform/pictures/address.ts';
import { depsOf, type TestDeps } from '../../support/build/deps.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { digestMessage } from '../../support/digests/digests.ts';
import { createClock } from '../../support/time/clock.ts';

for (const plugin of [slack, slackWebhook, discord, teams]) await plugin.load();

const BARS = '09:00 ▂▃▄▄▃·▃▃▂·▁▁▁×××▁▁█▄▂▃▃▅ 09:00';

type Create = (sandbox: Sandbox, deps: TestDeps) => Channel;

const CHATS: readonly (readonly ['slack' | 'discord' | 'teams', string, Create])[] = [
  [
    'slack',
    'Slack',
    ({ addresses, keys }, deps) => {
      const own = { 'channels.slack': '#crm', 'channels.slack.key': keys.slackToken };
      return slack.read({ ...own, SLACK_API_URL: addresses.slackApi }).create(deps, 'crm').part;
    },
  ],
  [
    'slack',
    'a webhook of Slack',
    ({ addresses }, deps) =>
      slackWebhook.read({ 'channels.slack-webhook': addresses.slackWebhook }).create(deps, 'crm').part,
  ],
  [
    'discord',
    'Discord',
    ({ addresses }, deps) => discord.read({ 'channels.discord': addresses.discord }).create(deps, 'crm').part,
  ],
  [
    'teams',
    'Teams',
    ({ addresses }, deps) => teams.read({ 'channels.teams': addresses.teams }).create(deps, 'crm').part,
  ],
];

describe('the chart of a digest in a chat', () => {
  let sandbox: Sandbox;
  const clock = createClock();
  before(async () => void (sandbox = await startSandbox({ now: () => clock.now() })));
  beforeEach(() => sandbox.world.forget());
  after(() => sandbox.close());

  for (const [vendor, name, create] of CHATS) {
    const sent = async (form: 'rich' | 'plain', deps: TestDeps) => {
      const [channel, message] = [create(sandbox, deps), digestMessage()];
      const outcome = await channel.send(channel.fit(message, form), message, scopeOf());
      assert.equal(outcome.status, 'accepted', JSON.stringify([outcome, sandbox.world.received[vendor].refused]));
      return sandbox.world.received[vendor].messages.at(-1)!;
    };

    it(`is a picture with words at ${name}, where it has an address`, async () => {
      const { picture, text } = await sent('rich', depsOf(clock));
      assert.equal(picture!.src, pictureUrl('https://monitor.example.com', digestMessage()));
      assert.match(
        picture!.alt,
        /^crm-morning, Thu 19 Nov 09:00 to Fri 20 Nov 09:00, .* at least 1,052 events; most at/,
      );
      assert.ok(!text.includes('▂') && text.includes('1,234 events, 1,000 before'));
    });

    it(`is made of letters at ${name}, where it has none, and in the plain form`, async () => {
      for (const [form, deps] of [
        ['rich', { ...depsOf(clock), pictureUrl: () => null }],
        ['plain', depsOf(clock)],
      ] as const) {
        const { picture, text } = await sent(form, deps);
        assert.equal(picture, undefined);
        assert.ok(text.includes(BARS), text);
      }
    });
  }

  it('that Slack cannot fetch is a refusal for its text: the plain form goes, with letters', async () => {
    const [, , create] = CHATS[0]!;
    const deps = { ...depsOf(clock), pictureUrl: () => 'ftp://nowhere.example/x.png' };
    const [channel, message] = [create(sandbox, deps), digestMessage()];
    const first = await channel.send(channel.fit(message, 'rich'), message, scopeOf());
    assert.ok(first.status === 'refused' && first.isText === true);
    const second = await channel.send(channel.fit(message, 'plain'), message, scopeOf());
    assert.equal(second.status, 'accepted');
    assert.ok(sandbox.world.received.slack.messages[0]!.text.includes(BARS));
  });
});
