import { channelsPart } from '../messages/channels.ts';
import { channelsShown } from '../messages/read.ts';
import type { MakeBlock } from './block.ts';

/** Each channel, as the page of messages has it. */
export const channelsBlock: MakeBlock = async ({ alerting }, { now }) =>
  channelsPart(await channelsShown(alerting!, now), now);
