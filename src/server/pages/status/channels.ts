import { channelsPart } from '../messages/channels.ts';
import { channelsShown } from '../messages/read.ts';
import type { Block } from './blocks.ts';

/** Each channel, as the page of messages has it. */
export const channelsBlock: Block = {
  name: 'Channels',
  async make({ alerting }, { now }) {
    if (alerting === undefined || !alerting.isWanted()) return null;
    return channelsPart(await channelsShown(alerting, now), now);
  },
};
