import type { Fault, FaultKind } from '../../../sandbox/index.ts';
import { echoesOf } from './encodings.ts';
import { SECRETS } from './bench.ts';

/** A fault without its vendor. */
export type Spec = Omit<Fault, 'vendor'>;

/** All forms of all secrets, as a vendor's words. */
const EVERYTHING = Object.values(SECRETS).flatMap(echoesOf).join(' | ');
/** Short enough to stand in the part of an answer that is kept. */
const SHORT = Object.values(SECRETS).join(' ');

const BODIES: readonly string[] = [
  JSON.stringify({ detail: EVERYTHING }),
  JSON.stringify({ detail: { code: 'x', message: SHORT, extra: { token: EVERYTHING } } }),
  `no key ${SHORT}\n${EVERYTHING}`,
  `<!DOCTYPE html><html><head><title>${EVERYTHING}</title></head><body>${EVERYTHING}</body></html>`,
  JSON.stringify({
    errors: [
      { index: '0', error: '2009', description: SHORT },
      { index: 1, error: 1004, description: EVERYTHING },
      EVERYTHING,
    ],
  }),
  JSON.stringify({ detail: encodeURIComponent(SHORT) }),
  JSON.stringify({
    detail: Object.values(SECRETS)
      .map((secret) => Buffer.from(`me:${secret}`).toString('base64'))
      .join(' '),
  }),
  JSON.stringify({ error: EVERYTHING, request: { headers: { authorization: `Bearer ${SHORT}` } } }),
];

const HEADERS = {
  location: `https://elsewhere.example.com/login?next=${encodeURIComponent(SHORT)}`,
  'www-authenticate': `Bearer realm=${SHORT}`,
  'x-error': SHORT,
  'set-cookie': `token=${encodeURIComponent(SHORT)}`,
  link: `<https://elsewhere.example.com/?cursor=${encodeURIComponent(SHORT)}>; rel="next"; results="true"; cursor="${encodeURIComponent(SHORT)}"`,
};

const STATUSES = [301, 302, 307, 400, 401, 403, 404, 409, 413, 418, 429, 500, 502, 503, 504];

/** Every kind with its variants, and the secrets wherever a kind has a place for words. */
export const SPECS: Readonly<Record<FaultKind, readonly Spec[]>> = {
  '429-rate': [{ kind: '429-rate' }, { kind: '429-rate', status: 429 }],
  '429-concurrency': [{ kind: '429-concurrency' }],
  status: [
    ...STATUSES.map((status, n): Spec => ({
      kind: 'status',
      status,
      body: BODIES[n % BODIES.length]!,
      headers: HEADERS,
    })),
    ...BODIES.map((body, n): Spec => ({
      kind: 'status',
      status: n % 2 === 0 ? 401 : 503,
      body,
      contentType: n % 2 === 0 ? 'text/html' : SHORT,
      headers: { ...HEADERS, 'retry-after': n % 2 === 0 ? '1' : SHORT },
    })),
  ],
  html: [{ kind: 'html', body: BODIES[3]! }],
  empty: [{ kind: 'empty' }],
  garbage: [
    ...['broken-json', 'array', 'object', 'null', 'data-null', 'number'].map((variant): Spec => ({
      kind: 'garbage',
      variant,
    })),
    ...[...BODIES, EVERYTHING, `"${SHORT}`].map((body): Spec => ({ kind: 'garbage', body })),
  ],
  cut: [{ kind: 'cut' }],
  'stored-no-answer': [{ kind: 'stored-no-answer' }],
  'cut-body': [{ kind: 'cut-body' }],
  slow: [{ kind: 'slow', ms: 1000 }],
  hang: [{ kind: 'hang' }],
  'query-timeout': [{ kind: 'query-timeout' }],
  'partial-refusal': [
    { kind: 'partial-refusal', indices: [0, 2], code: 2009, description: EVERYTHING },
    { kind: 'partial-refusal', every: 2, code: 2003, description: SHORT },
    { kind: 'partial-refusal', every: 1, code: 2001, description: `bad ${SHORT}`, whole: true },
  ],
  redirect: [
    {
      kind: 'redirect',
      location: `https://user:${encodeURIComponent(SHORT)}@elsewhere.example.com/?token=${encodeURIComponent(SHORT)}`,
    },
    { kind: 'redirect', location: SHORT },
  ],
  gateway: [
    { kind: 'gateway', variant: 'html' },
    { kind: 'gateway', variant: 'json', status: 504 },
  ],
};

/**
 * Bodies in which the place where our words end, 200 characters, falls into a secret.
 * Of each of its forms: into the beginning, the midst or the end.
 */
export function cutBodies(): readonly string[] {
  return Object.values(SECRETS)
    .flatMap(echoesOf)
    .map((echo, n) => {
      const inside = [1, 8, Math.floor(echo.length / 2), echo.length - 1][n % 4]!;
      return `${'y'.repeat(199 - inside)} ${echo}`;
    });
}
