import type { Source } from '../../../src/core/ports/source.ts';
import { depsOf, type TestDeps } from '../build/deps.ts';
import { type Call, mock, type Reply } from '../build/http-mock.ts';
import { buildSource } from './sentry.ts';

export const PROJECTS_API = 'https://sentry.io/api/0/projects/acme';

type Pairs = readonly (readonly [string, string])[];

/** Read by pages, as fast as they come, without trends. */
export function createPages(env: Record<string, string> = {}, deps: TestDeps = depsOf()): Source {
  return buildSource({ SENTRY_SOURCE: 'pages', SENTRY_PAGES_PER_SECOND: '0', ...env }, deps);
}

/** Pages of a project's events. */
export function events(slug: string, cursor: string | null, ...replies: readonly Reply[]): Call[] {
  const query: Pairs = [
    ['start', '2026-11-20T10:00:00'],
    ['end', '2026-11-20T10:05:00'],
    ['per_page', '100'],
    ['limit', '100'],
    ...(cursor === null ? [] : [['cursor', cursor] as const]),
  ];
  return mock({ url: `${PROJECTS_API}/${slug}/events/`, query }, ...replies);
}

/** Pages of a project's issues. */
export function issueList(slug: string, cursor: string | null, ...replies: readonly Reply[]): Call[] {
  const query: Pairs = [
    ['query', ''],
    ['statsPeriod', ''],
    ['limit', '100'],
    ...(cursor === null ? [] : [['cursor', cursor] as const]),
  ];
  return mock({ url: `${PROJECTS_API}/${slug}/issues/`, query }, ...replies);
}

/** The environments of a project. */
export function environments(slug: string, ...replies: readonly Reply[]): Call[] {
  const query: Pairs = [
    ['visibility', 'all'],
    ['limit', '100'],
  ];
  return mock({ url: `${PROJECTS_API}/${slug}/environments/`, query }, ...replies);
}

let serial = 0;

/** An event as Sentry lists it, trimmed; `at`: minutes and seconds after ten o'clock. */
export function event(at: string, given: object = {}): Record<string, unknown> {
  const id = (++serial).toString(16).padStart(32, '0');
  return {
    id,
    eventID: id,
    projectID: '11',
    groupID: '7',
    'event.type': 'error',
    platform: 'python',
    dateCreated: `2026-11-20T10:${at}Z`,
    title: 'ValueError: one',
    message: '',
    culprit: 'app.pay',
    location: null,
    metadata: { type: 'ValueError', value: 'one' },
    tags: [
      { key: 'level', value: 'error' },
      { key: 'environment', value: 'production' },
    ],
    user: { id: '5' },
    crashFile: null,
    ...given,
  };
}

/**
 * A page with its `Link`. `next`: the cursor of a next one.
 * Or there is none, as `sentry` says it, as `glitchtip` says it, or by `no header`.
 */
export function page(entries: readonly unknown[], next = 'sentry'): Reply {
  const base = '<https://sentry.io/api/0/projects/acme/x/events/>';
  const links: Record<string, string> = {
    sentry: `${base}; rel="next"; results="false"; cursor="0:100:0"`,
    glitchtip: `${base}; rel="next"; results="false"`,
  };
  if (next === 'no header') return { body: entries };
  return {
    body: entries,
    headers: {
      Link:
        links[next] ??
        `${base}; rel="previous"; results="false"; cursor="0:0:1", ${base}; rel="next"; results="true"; cursor="${next}"`,
    },
  };
}
