import type { ChannelPlugin } from '../plugin.ts';
import { console } from './console/index.ts';
import { discord } from './discord/index.ts';
import { email } from './email/index.ts';
import { jira } from './jira/index.ts';
import { pagerduty } from './pagerduty/index.ts';
import { slack } from './slack/index.ts';
import { slackWebhook } from './slack-webhook/index.ts';
import { teams } from './teams/index.ts';
import { telegram } from './telegram/index.ts';
import { webhook } from './webhook/index.ts';

/** Every channel there is, by the key that a file sets it up with. A new one adds its line here and its folder. */
export const channels: Readonly<Record<string, ChannelPlugin>> = {
  console,
  discord,
  email,
  jira,
  pagerduty,
  slack,
  'slack-webhook': slackWebhook,
  teams,
  telegram,
  webhook,
};
