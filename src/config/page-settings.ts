import { commaList, flag, type Format, inWords, secret } from './formats.ts';
import type { Schema, SettingsFault } from './schema.ts';

/** Somebody who may act from the pages. */
export interface PageUser {
  readonly name: string;
  /** The password. */
  readonly token: string;
}

const NAME = /^[a-z0-9][a-z0-9._@-]{0,59}$/i;
const LEAST = 16;

/** One `name:token`. Its setting must be `sensitive`. */
const pageUser: Format<PageUser> = inWords(`name:token, the token ${LEAST} characters at least`, (text, show) => {
  const at = text.indexOf(':');
  const [name, token] = at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
  if (!NAME.test(name))
    throw new Error('has an entry that does not begin with a name; write name:token, such as ann:<random token>');
  return { name, token: secret(LEAST)(token, show) };
});

/** Pages for people. */
export interface PageSettings {
  /** They are served. */
  readonly page: boolean;
  /** Opens them; undefined: only this machine may look, and who may act. */
  readonly pageToken: string | undefined;
  /** People may mute and the like from there. */
  readonly pageActions: boolean;
  /** Who they are; each may also look. */
  readonly pageUsers: readonly PageUser[];
}

/** As the variables have them. */
export interface PageGiven extends Omit<PageSettings, 'pageUsers'> {
  readonly pageUsers: readonly PageUser[] | undefined;
}

export const pageSchema: Schema<PageGiven> = {
  page: { env: 'PAGE', doc: 'pages for people at / and /filters/<name>', format: flag, default: true },
  pageToken: {
    env: 'PAGE_TOKEN',
    doc: 'token that opens the pages, as password or bearer, at least 16 characters',
    format: secret(16),
    default: null,
    optional: true,
    sensitive: true,
  },
  pageActions: {
    env: 'PAGE_ACTIONS',
    doc: 'people may mute, hide, acknowledge, send again and see to tickets from the pages; needs PAGE_USERS',
    format: flag,
    default: false,
  },
  pageUsers: {
    env: 'PAGE_USERS',
    doc: 'who may act from the pages, each with a token as password, which opens the pages as well',
    format: commaList(pageUser),
    default: null,
    optional: true,
    sensitive: true,
  },
};

/** What of the tokens that open something must not be the same. */
export interface Tokens {
  readonly tokens?: readonly string[] | undefined;
  readonly intakeTokens?: readonly string[] | undefined;
  readonly metricsTokens?: readonly string[] | undefined;
  readonly pageToken?: string | undefined;
  readonly pageUsers?: readonly PageUser[] | undefined;
  readonly pageActions?: boolean | undefined;
}

/** Tokens that open more than they should, and actions that nobody could be held to. */
export function tokenFaults({ tokens = [], metricsTokens = [], pageToken, ...more }: Tokens): readonly SettingsFault[] {
  const { intakeTokens = [], pageUsers = [], pageActions = false } = more;
  const faults: (SettingsFault | false)[] = [
    intakeTokens.some((token) => [...tokens, ...metricsTokens, pageToken].includes(token)) && {
      variable: 'INTAKE_TOKEN',
      text: 'has a token that opens something else too; use another random value: it is to open /intake alone',
    },
    metricsTokens.some((token) => tokens.includes(token)) && {
      variable: 'METRICS_TOKEN',
      text: 'is a TRIGGER_TOKEN too; use another: who reads metrics must not be able to start runs',
    },
    pageToken !== undefined &&
      tokens.includes(pageToken) && {
        variable: 'PAGE_TOKEN',
        text: 'is a TRIGGER_TOKEN too, and who looks could post runs; use another random value',
      },
    pageUsers.some(({ token }) => [...tokens, ...intakeTokens, ...metricsTokens, pageToken].includes(token)) && {
      variable: 'PAGE_USERS',
      text: 'has a token that opens something else too; give each person a random value of their own',
    },
    hasTwice(pageUsers.map(({ name }) => name.toLowerCase())) && {
      variable: 'PAGE_USERS',
      text: 'has the same name twice; give each person one entry',
    },
    hasTwice(pageUsers.map(({ token }) => token)) && {
      variable: 'PAGE_USERS',
      text: 'has the same token twice, so nobody could tell who acted; give each person a random value of their own',
    },
    pageActions &&
      pageUsers.length === 0 && {
        variable: 'PAGE_ACTIONS',
        text: 'needs PAGE_USERS, so that it is known who acted; set it, or remove this',
      },
  ];
  return faults.filter((fault) => fault !== false);
}

function hasTwice(all: readonly string[]): boolean {
  return new Set(all).size < all.length;
}
