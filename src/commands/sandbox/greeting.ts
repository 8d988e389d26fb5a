import type { Sandbox } from '../../../sandbox/index.ts';

/** What belongs into `.env`, and in comments what else there is to know. `filters`: the file that was given. */
export function greeting({ url, sentryUrl, keys, addresses, world }: Sandbox, filters: string | undefined): string {
  const slugs = world.projects().map(({ slug }) => slug);
  return `# Sentry, New Relic and Anodot are this process now, until Ctrl-C. For .env:
SENTRY_URL=${sentryUrl}
SENTRY_ORG=${keys.sentryOrg}
SENTRY_AUTH_TOKEN=${keys.sentryToken}
NEW_RELIC_ACCOUNT_ID=${keys.newRelicAccountId}
NEW_RELIC_LICENSE_KEY=${keys.newRelicKey}
NEW_RELIC_EVENT_URL=${url}
NEW_RELIC_METRIC_URL=${url}
ANODOT_TOKEN=${keys.anodotToken}
ANODOT_URL=${url}
HEARTBEAT_URL=${url}/ping/${keys.pingId}
HOOK_KEY=${keys.webhookKey}
PAGERDUTY_URL=${url}
PD_KEY=${keys.pagerDutyKey}
SLACK_API_URL=${addresses.slackApi}
SLACK_TOKEN=${keys.slackToken}
SMTP_URL=${quoted(addresses.smtp)}
MAIL_FROM='sentry-monitor@example.com'
TEAMS_URL=${quoted(addresses.teams)}
DISCORD_URL=${addresses.discord}
DRY_RUN=false
${filters === undefined ? '' : `FILTERS=${quoted(filters)}\n`}
# Projects: ${slugs.join(', ')}
# For channels:  hook: { webhook: '${url}/hook/alerts', key: HOOK_KEY }
#                night: { pagerduty: PD_KEY }, crm: { slack: '#crm', key: SLACK_TOKEN },
#                ops: { teams: TEAMS_URL }, chat: { discord: DISCORD_URL }, lead: { email: [lead@example.com] }
# For simulate:  --dsn ${dsnOf(url, keys.dsnKey, world.projects()[0]!)}
# What arrived:  curl ${url}/sandbox/tally
# Inbox:         ${url}/sandbox/inbox
# Break Sentry:  curl ${url}/sandbox/faults -d '{"vendor":"sentry","kind":"status","status":503,"times":0}'
# Mend it:       curl -X DELETE ${url}/sandbox/faults
`;
}

/** Of the first project, for `simulate`. */
function dsnOf(url: string, key: string, project: { readonly id: string }): string {
  return `${url.replace('//', `//${key}@`)}/${project.id}`;
}

/** So that a shell and Node read the same. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path}'`;
}
