import { secretUrl } from '../../../config/formats.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { type ChannelPlugin, channelPlugin } from '../../plugin.ts';
import type { Settings } from './channel.ts';

/** One channel of Slack, through an address that posts there. It gives no ids, so there are no threads. */
export const slackWebhook: ChannelPlugin = channelPlugin<Settings>({
  settings: {
    url: {
      doc: 'Address of an incoming webhook of Slack, or of what speaks like it',
      format: secretUrl,
      default: null,
      sensitive: true,
      env: 'channels.slack-webhook',
      key: 'slack-webhook',
    },
  },
  repeatSafe: false,
  isPerSubject: false,
  budget: { count: 60, perMs: HOUR_MS },
  load: async () => (await import('./channel.ts')).createSlackWebhook,
});
