import type { Answer, VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import type { Endpoint } from '../types.ts';

/** What a path below /api/0/ names. `key` is a project's or an issue's; '' where there is none. */
export type Target = { readonly endpoint: Endpoint; readonly org: string; readonly key: string };

/** An endpoint as a flavour has it, and the scope its token needs. */
export type Handler = { readonly scope: string; answer(state: State, request: VendorRequest, target: Target): Answer };

/** One kind of server: what it answers on the paths that all kinds share. An endpoint it lacks is `absent`. */
export type Flavour = {
  readonly endpoints: Readonly<Partial<Record<Endpoint, Handler>>>;
  /** Throws when the header is no good. */
  checkToken(state: State, header: string | undefined): void;
  absent(): Answer;
  /** Of an organization that is not there for the caller; undefined: it is. */
  stranger(state: State, request: VendorRequest, target: Target): Answer | undefined;
};

/** The same paths mean the same in every flavour, whether it has them or not. */
export function targetOf(path: string): Target {
  const latest = /^\/api\/0\/(?:organizations\/([^/]+)\/)?issues\/([^/]+)\/events\/latest\/$/.exec(path);
  // Outside of an organization an issue is of whichever one the token is of.
  if (latest !== null) return { endpoint: 'latest-event', org: decoded(latest[1] ?? '1'), key: decoded(latest[2]!) };
  const [, api, version, area, org, key, rest, end, more] = path.split('/').map(decoded);
  const target = (endpoint: Endpoint, name = ''): Target => ({ endpoint, org: org ?? '', key: name });
  if (api !== 'api' || version !== '0' || org === undefined || more !== undefined) return target('unknown');
  if (area === 'projects' && key !== undefined) {
    if (rest === '' && end === undefined) return target('project', key);
    return end === '' ? target(PROJECT_LISTS[rest ?? ''] ?? 'unknown', key) : target('unknown');
  }
  if (area !== 'organizations') return target('unknown');
  if (org === '') return target('organizations');
  if (key === '' && rest === undefined) return target('organization');
  if (key === 'eventids' && rest !== undefined && rest !== '' && end === '') return target('event-id', rest);
  if (key === 'issues' && rest !== undefined && rest !== '' && end === '') return target('issue', rest);
  return target(rest === '' && end === undefined ? (LISTS[key ?? ''] ?? 'unknown') : 'unknown');
}

const PROJECT_LISTS: Readonly<Record<string, Endpoint>> = {
  environments: 'project-environments',
  events: 'project-events',
  issues: 'project-issues',
};
const LISTS: Readonly<Record<string, Endpoint>> = {
  events: 'events-table',
  'events-timeseries': 'events-timeseries',
  stats_v2: 'stats',
  issues: 'issues',
  projects: 'projects',
  tags: 'tag-keys',
};

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
