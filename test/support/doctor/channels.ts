import type { Bench } from './bench.ts';
import { type Broken, type Case, NOWHERE, withFilters } from './case.ts';

const FILTERS = `filters:
  - { name: shop, projects: [shop-web], alerts: [new], tell: crm }
`;
const CHANNELS: Readonly<Record<string, string>> = {
  crm: "{ slack: '#crm', key: SLACK_BOT }",
  ops: '{ telegram: -100123, key: TG_BOT }',
  boss: '{ email: [lead@example.com, cto@example.com] }',
  chat: '{ discord: DISCORD_HOOK }',
  night: '{ pagerduty: PD }',
};

/** Channels of each kind, all of them well but for what is given. */
export function withChannels(
  bench: Bench,
  env: Readonly<Record<string, string>> = {},
  channels: Readonly<Record<string, string>> = {},
): Broken {
  const { keys, addresses } = bench.sandbox;
  const written = Object.entries({ ...CHANNELS, ...channels }).map(([name, value]) => `  ${name}: ${value}\n`);
  withFilters(bench, `channels:\n${written.join('')}${FILTERS}`);
  return {
    env: {
      SLACK_BOT: keys.slackToken,
      TG_BOT: keys.telegramToken,
      DISCORD_HOOK: addresses.discord,
      PD: keys.pagerDutyKey,
      SMTP_URL: addresses.smtp,
      MAIL_FROM: 'alerts@example.com',
      SLACK_API_URL: addresses.slackApi,
      TELEGRAM_API_URL: addresses.telegramApi,
      ADMIN_CHANNEL: 'crm',
      ...env,
    },
  };
}

export const CHANNEL_CASES: readonly Case[] = [
  {
    broken: 'another token of Slack',
    arrange: (bench) => withChannels(bench, { SLACK_BOT: 'xoxb-0123456789-abcdefghijklmnop' }),
    check: 'crm token',
    place: 'SLACK_BOT',
    says: /^answered 200, and says no: invalid_auth; check its key: the token of a bot/,
  },
  {
    broken: 'an address of Slack at which nothing listens',
    arrange: (bench) => withChannels(bench, { SLACK_API_URL: NOWHERE }),
    check: 'crm token',
    place: 'SLACK_BOT',
    says: /^cannot connect \(ECONNREFUSED\); check SLACK_API_URL/,
  },
  {
    broken: 'another token of Telegram',
    arrange: (bench) => withChannels(bench, { TG_BOT: '987654321:AAF-other_other0123456789other-other' }),
    check: 'ops token',
    place: 'TG_BOT',
    says: /^answered 401: Unauthorized; check its key: the token that BotFather gave$/,
  },
  {
    broken: 'a chat of Telegram that its bot does not know',
    arrange: (bench) => withChannels(bench, {}, { ops: '{ telegram: -404, key: TG_BOT }' }),
    check: 'ops chat',
    place: 'filters.yaml:3',
    says: /^answered 400: Bad Request: chat not found; check its id, and add the bot to it$/,
  },
  {
    broken: 'a group of Telegram that has moved',
    arrange: (bench) => withChannels(bench, {}, { ops: '{ telegram: -500, key: TG_BOT }' }),
    check: 'ops chat',
    place: 'filters.yaml:3',
    says: /^has moved; write its new number: -1000000000500$/,
  },
  {
    broken: 'a webhook of Discord that was deleted',
    arrange: (bench) =>
      withChannels(bench, {
        DISCORD_HOOK: bench.sandbox.addresses.discord.replace(/webhooks\/\d+/, 'webhooks/1301234567890129999'),
      }),
    check: 'chat webhook',
    place: 'DISCORD_HOOK',
    says: /Unknown Webhook.*; the webhook was deleted; make another one in the settings of the channel$/,
  },
  {
    broken: 'another password of the mail server',
    arrange: (bench) =>
      withChannels(bench, { SMTP_URL: bench.sandbox.addresses.smtp.replace(/:[^:@]+@/, ':another-word@') }),
    check: 'mail server',
    place: 'SMTP_URL',
    says: /^answered 535 .*; check user and password in SMTP_URL$/,
  },
  {
    broken: 'a mail server that is not there',
    arrange: (bench) => withChannels(bench, { SMTP_URL: 'smtp://127.0.0.1:1' }),
    check: 'mail server',
    place: 'SMTP_URL',
    says: /^cannot hand over the mail \(ECONNREFUSED, nothing listens there\); check SMTP_URL/,
  },
];
