import { baseUrl, commaList, secret, text } from '../../../config/formats.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { type ChannelPlugin, channelPlugin } from '../../plugin.ts';
import type { Settings } from './channel.ts';

const DESTINATION = /#[^\s#,<>&|]{1,80}|[CDG][A-Z0-9]{6,30}|[UW][A-Z0-9]{5,30}/;

/** Slack through an app: later news goes below the first message, and that shows when all of it is over. */
export const slack: ChannelPlugin = channelPlugin<Settings>({
  settings: {
    channel: {
      doc: 'Channel of Slack that is told',
      format: text(DESTINATION, "the name of a channel in quotes, such as '#crm', or its id, such as C024BE91L"),
      default: null,
      env: 'channels.slack',
      key: 'slack',
    },
    token: {
      doc: "Token of the app's bot, which may chat:write",
      format: secret(),
      default: null,
      sensitive: true,
      env: 'channels.slack.key',
      key: 'key',
    },
    apiUrl: {
      doc: "address of Slack's methods, before their names",
      format: baseUrl,
      default: 'https://slack.com/api',
      env: 'SLACK_API_URL',
    },
    users: {
      doc: 'Ids of the users of Slack who may do everything from its messages; none: all may do a little',
      format: commaList(text(/[UW][A-Z0-9]{5,30}/, 'the id of a user, such as U024BE7LH')),
      default: null,
      optional: true,
      env: 'channels.slack.slackUsers',
      key: 'slackUsers',
    },
    signingSecret: {
      doc: "secret by which Slack signs what people press: with it the app's messages have buttons",
      format: secret(16),
      default: null,
      optional: true,
      sensitive: true,
      env: 'SLACK_SIGNING_SECRET',
    },
  },
  repeatSafe: false,
  isPerSubject: false,
  budget: { count: 60, perMs: HOUR_MS },
  examine: async function* (_channel, made, { scope }) {
    yield* (await import('./examine.ts')).examine(made, scope);
  },
  load: async () => (await import('./channel.ts')).createSlack,
  desk: {
    isOpen: ({ signingSecret }) => signingSecret !== undefined,
    load: async () => (await import('./desk/index.ts')).createDesk,
  },
});
