import { DAY_MS } from '../../../core/model/window.ts';
import { type ChannelPlugin, channelPlugin } from '../../plugin.ts';
import { projectKey } from '../../vendors/jira/settings.ts';
import type { Settings } from './channel.ts';

/** Tickets, one for each subject of a rule: made, commented on, or opened again, as `tickets: jira` says. */
export const jira: ChannelPlugin = channelPlugin<Settings>({
  settings: {
    project: {
      doc: 'Key of the project of Jira that gets tickets; tickets: jira says where it is',
      format: projectKey,
      default: null,
      env: 'channels.jira',
      key: 'jira',
    },
  },
  // What of a ticket is not certain is looked up before another one is made.
  repeatSafe: true,
  isPerSubject: true,
  isTracker: true,
  budget: { count: 20, perMs: DAY_MS },
  load: async () => (await import('./channel.ts')).createJiraChannel,
});
