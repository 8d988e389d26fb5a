import { baseUrl, inWords, oneOf, secret, type Show, text, wholeNumber } from '../../../config/formats.ts';
import type { Schema } from '../../../config/schema.ts';
import { BASELINES_SETTING, MAX_ROWS_SETTING } from '../../../config/reading-settings.ts';
import type { BaselineName } from '../../../core/model/reading.ts';
import type { ApiKind } from './api/detect-api.ts';

export interface SentrySettings {
  readonly url: string;
  readonly publicUrl: string | undefined;
  readonly org: string;
  readonly token: string;
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly maxRows: number;
  readonly baselines: readonly (BaselineName | 'off')[];
  readonly source: 'auto' | ApiKind;
  readonly pagesPerSecond: number;
  readonly maxPages: number;
}

/** What decides how much a run asks. */
export type ReadingSettings = Pick<
  SentrySettings,
  'concurrency' | 'timeoutSeconds' | 'maxRows' | 'source' | 'pagesPerSecond' | 'maxPages'
> & { readonly baselines: readonly BaselineName[] };

export const SETTINGS: Schema<SentrySettings> = {
  url: { doc: 'Address of Sentry; may have a path', format: baseUrl, default: 'https://sentry.io', env: 'SENTRY_URL' },
  publicUrl: {
    doc: 'Address of Sentry in links for people; default: the one it is read by',
    format: baseUrl,
    default: null,
    optional: true,
    env: 'SENTRY_PUBLIC_URL',
  },
  org: {
    doc: 'Slug of the Sentry organization',
    format: text(/^[a-z0-9][a-z0-9_-]*$/i, 'the slug in the address of the organization, such as acme'),
    default: null,
    env: 'SENTRY_ORG',
    key: 'sentry',
  },
  token: {
    doc: 'Token of an internal integration with org:read, project:read, event:read',
    format: inWords('a token without the word Bearer', token),
    default: null,
    sensitive: true,
    env: 'SENTRY_AUTH_TOKEN',
    key: 'key',
  },
  concurrency: {
    doc: 'Requests of runs in flight to Sentry at most; pages for people have 2 more',
    format: wholeNumber(1, 15),
    default: 5,
    env: 'SENTRY_CONCURRENCY',
  },
  timeoutSeconds: {
    doc: 'Longest wait for one answer of Sentry, seconds',
    format: wholeNumber(1, 300),
    default: 40,
    env: 'SENTRY_TIMEOUT_SECONDS',
  },
  maxRows: MAX_ROWS_SETTING,
  baselines: BASELINES_SETTING,
  source: {
    doc: 'How Sentry is read: by its events table, by pages of events (GlitchTip, old servers), or as it is found',
    format: oneOf('auto', 'table', 'pages'),
    default: 'auto',
    env: 'SENTRY_SOURCE',
    key: 'api',
  },
  pagesPerSecond: {
    doc: 'By pages: requests for events a second; 0 = as fast as they come',
    format: wholeNumber(0, 100),
    default: 1,
    env: 'SENTRY_PAGES_PER_SECOND',
  },
  maxPages: {
    doc: 'By pages: read at most per project and window',
    format: wholeNumber(1, 100_000),
    default: 200,
    env: 'MAX_PAGES',
  },
};

/** A value copied with its scheme works too. */
function token(value: string, show: Show): string {
  return secret()(value.replace(/^Bearer\s+/i, ''), show);
}
