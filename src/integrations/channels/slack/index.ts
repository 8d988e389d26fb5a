import { baseUrl, secret, text } from '../../../config/formats.ts';
import type { Channel } from '../../../core/ports/alerting/channel.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { type ChannelPlugin, channelPlugin, type Deps } from '../../plugin.ts';
import { fit } from '../../vendors/slack/fit.ts';
import { createApi } from './api.ts';
import { sendWith } from './send.ts';

interface Settings {
  readonly channel: string;
  readonly token: string;
  readonly apiUrl: string;
}

const DESTINATION = /#[^\s#,<>&|]{1,80}|[CDG][A-Z0-9]{6,30}/;

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
  },
  create,
  budget: { count: 60, perMs: HOUR_MS },
});

function create({ channel: to, token, apiUrl }: Settings, deps: Deps, service: string): Channel {
  const api = createApi({ service, token, apiUrl }, deps);
  return {
    name: service,
    repeatSafe: false,
    isPerSubject: false,
    fit: (message, form) => fit(message, form, { channel: to }),
    send: ({ body }, message, scope) => sendWith(api, body as object, message, scope),
  };
}
