import { teams } from '../../../../src/integrations/channels/teams/index.ts';
import { atItsDouble } from '../../../contract/channel-double.ts';

await teams.load();

describe('the teams channel at a strict double of its vendor', () => {
  atItsDouble({
    vendor: 'teams',
    seconds: 42,
    isSilent: true,
    create: ({ addresses }, deps) => teams.read({ 'channels.teams': addresses.teams }).create(deps, 'ops').part,
  });
});
