import { WEBHOOK_ID } from '../discord/webhook.ts';
import { WEBHOOK_PATH } from '../slack/webhook.ts';
import { WORKFLOW } from '../teams/workflow.ts';
import type { Keys } from './state.ts';

/** What somebody would copy from a vendor to have it told, or set to have it elsewhere. */
export type Addresses = {
  readonly slackWebhook: string;
  /** Before the names of methods. */
  readonly slackApi: string;
  readonly telegramApi: string;
  /** Of a server of mail, with user and password. */
  readonly smtp: string;
  readonly teams: string;
  readonly discord: string;
};

/** `url`: the sandbox's own; `mailPort`: of its server of mail. */
export function addressesOf(url: string, mailPort: number, keys: Keys): Addresses {
  const { slackSecret, smtpUser, smtpPassword, teamsSignature, discordToken } = keys;
  const login = `${encodeURIComponent(smtpUser)}:${encodeURIComponent(smtpPassword)}`;
  return {
    slackWebhook: `${url}${WEBHOOK_PATH}${slackSecret}`,
    slackApi: `${url}/slack/api`,
    telegramApi: `${url}/telegram`,
    smtp: `smtp://${login}@${new URL(url).hostname}:${String(mailPort)}`,
    teams: `${url}${WORKFLOW}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${teamsSignature}`,
    discord: `${url}/api/webhooks/${WEBHOOK_ID}/${discordToken}`,
  };
}
