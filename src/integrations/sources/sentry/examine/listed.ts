import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Finding } from '../../../../core/ports/finding.ts';
import { NoOrganization, NoProjects } from '../api/list-projects.ts';
import { kindOfToken } from '../api/token.ts';

/** What an instance is called and has. */
export interface Subject {
  readonly name: string;
  readonly org: string;
  readonly token: string;
  /** Of the server, without a path. */
  readonly origin: string;
}

/** That the list of projects came: the server answers, and knows token and organization. */
export function reached({ name, org, token, origin }: Subject, ms: number): readonly Finding[] {
  const { name: kind, doubt } = kindOfToken(token);
  return [
    connected(name, origin, ms),
    {
      check: `${name} token`,
      variable: 'SENTRY_AUTH_TOKEN',
      status: doubt === undefined ? 'ok' : 'warning',
      say: doubt === undefined ? kind : `${kind}: ${doubt}`,
    },
    { check: `${name} organization`, variable: 'SENTRY_ORG', status: 'ok', say: `${org} is there` },
  ];
}

/** Why the list of projects did not come: one finding has failed, those before it are well. */
export function refused(error: unknown, { name, origin }: Subject, ms: number): readonly Finding[] {
  const say = faultOf(error).message.replace(`${name}: `, '');
  const failed = (what: string, variable: string): Finding => ({
    check: `${name} ${what}`,
    variable,
    status: 'failed',
    say,
  });
  const status = error instanceof UpstreamError ? error.status : undefined;
  if (status === 401) return [connected(name, origin, ms), failed('token', 'SENTRY_AUTH_TOKEN')];
  if (status === 403) return [connected(name, origin, ms), failed('scopes', 'SENTRY_AUTH_TOKEN')];
  if (error instanceof NoOrganization) return [connected(name, origin, ms), failed('organization', 'SENTRY_ORG')];
  if (error instanceof NoProjects) return [connected(name, origin, ms), failed('projects', 'SENTRY_ORG')];
  return [failed('connection', 'SENTRY_URL')];
}

function connected(name: string, origin: string, ms: number): Finding {
  return {
    check: `${name} connection`,
    variable: 'SENTRY_URL',
    status: 'ok',
    say: `${origin} answers in ${Math.round(ms)} ms`,
  };
}
