import { discord } from '../../../../src/integrations/channels/discord/index.ts';
import { atItsDouble } from '../../../contract/channel-double.ts';

await discord.load();

describe('the discord channel at a strict double of its vendor', () => {
  atItsDouble({
    vendor: 'discord',
    seconds: 42,
    create: ({ addresses }, deps) => discord.read({ 'channels.discord': addresses.discord }).create(deps, 'ops').part,
  });
});
