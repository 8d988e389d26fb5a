import { WEBHOOK_ID } from '../discord/webhook.ts';
import { WORKFLOW } from '../teams/workflow.ts';
import type { Keys } from './state.ts';

/** What somebody would copy from a chat to have it told. */
export type Addresses = { readonly teams: string; readonly discord: string };

/** `url`: the sandbox's own. */
export function addressesOf(url: string, { teamsSignature, discordToken }: Keys): Addresses {
  return {
    teams: `${url}${WORKFLOW}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${teamsSignature}`,
    discord: `${url}/api/webhooks/${WEBHOOK_ID}/${discordToken}`,
  };
}
