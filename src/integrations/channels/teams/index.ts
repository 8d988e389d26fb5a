import { HOUR_MS } from '../../../core/model/window.ts';
import { channelPlugin } from '../../plugin.ts';
import type { Settings } from './channel.ts';
import { workflowUrl } from './workflow-url.ts';

/** A workflow of Teams that posts a card. It starts, and nobody learns whether it comes to its end. */
export const teams = channelPlugin<Settings>({
  settings: {
    url: {
      doc: 'Address of the workflow that posts to the channel',
      format: workflowUrl,
      default: null,
      sensitive: true,
      env: 'channels.teams',
      key: 'teams',
    },
  },
  repeatSafe: false,
  isPerSubject: false,
  budget: { count: 60, perMs: HOUR_MS },
  load: async () => (await import('./channel.ts')).createTeams,
});
