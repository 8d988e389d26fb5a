import type { Answered } from '../../../../platform/http/client.ts';
import { parseJson } from '../../../../platform/http/json.ts';
import { kindOfToken } from './token.ts';

/** What may be read with. */
const SCOPES = ['org:read', 'project:read', 'event:read'] as const;

/** What to do about an answer that is no success; undefined: its status says it. */
export function adviceOn({ status, headers, text }: Answered, url: string, token: string): string | undefined {
  if (status === 401)
    return `check SENTRY_AUTH_TOKEN: ${kindOfToken(token).unusable ?? 'this Sentry does not know it'}`;
  if (status === 403)
    return `check what SENTRY_AUTH_TOKEN may do: ${kindOfToken(token).unusable ?? `it needs ${SCOPES.join(', ')}`}`;
  if (status >= 300 && status < 400) return elsewhere(headers['location'], url);
  if (status === 503 && isGateway(text))
    return (
      'sentry.io could not reach the region of the organization; set SENTRY_URL to its own address, ' +
      'such as https://us.sentry.io'
    );
  return undefined;
}

/** NOTE: of the address only the host: the rest is a stranger's text, and may hold what we sent. */
function elsewhere(location: string | undefined, url: string): string | undefined {
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const { origin, protocol } = new URL(location, url);
  if (!/^https?:$/.test(protocol) || origin === new URL(url).origin) return undefined;
  return `it leads to ${origin}: if that is the Sentry you mean, set SENTRY_URL to it`;
}

/** Sentry's own gateway in front of its regions. */
function isGateway(text: string): boolean {
  const body = parseJson(text);
  return typeof body === 'object' && body !== null && 'error' in body && body.error === 'apigateway';
}
