import { plugin, type Plugin } from '../../plugin.ts';
import { isHosted } from './api/links.ts';
import { inspectToken } from './examine/index.ts';
import { formsLeftOut, vet } from './api/query.ts';
import { vetForPages } from './events/index.ts';
import { judge } from './search/judge.ts';
import { type SentrySettings, SETTINGS } from './settings.ts';
import { createSource, type SentrySource } from './source.ts';
import { notSentryNames } from './names/sentry-names.ts';

export { NoOrganization } from './api/list-projects.ts';
export type { SentrySource } from './source.ts';

/**
 * A Sentry organization, read by its events table or, where there is none, by pages of its projects' events.
 */
export const sentry: Plugin<SentrySource> = plugin<SentrySource, SentrySettings>({
  settings: SETTINGS,
  wantedBy: ['SENTRY_ORG', 'SENTRY_AUTH_TOKEN'],
  create: createSource,
  place: ({ url, org, token }) => [url, org, token],
  inspect: ({ token }, name) => inspectToken(token, name),
  examine: (source, _made, exam) => source.examine(exam),
  judge: (filters) => {
    const { faults, warnings } = judge(filters);
    return { faults, warnings: [...warnings, ...formsLeftOut(filters)] };
  },
  vet: (filters, { url, org, source }) => {
    if (source === 'pages') return vetForPages(filters);
    const names = source === 'table' || isHosted(url) ? notSentryNames(filters) : [];
    return [...vet(filters, `${url}/api/0/organizations/${org}/events/?`), ...names];
  },
});
