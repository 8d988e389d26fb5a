import type { Bench } from './bench.ts';
import { type Broken, type Case, NOWHERE, withFilters } from './case.ts';

function sentryFault(bench: Bench, fault: object): Broken {
  bench.sandbox.world.faults.add({ vendor: 'sentry', times: 0, ...fault } as never);
  return {};
}

export const SENTRY: readonly Case[] = [
  {
    broken: 'a port where nothing listens',
    arrange: () => ({ env: { SENTRY_URL: NOWHERE } }),
    check: 'sentry connection',
    place: 'SENTRY_URL',
    says: /cannot connect \(ECONNREFUSED\); check SENTRY_URL and the network/,
  },
  {
    broken: 'a website in place of Sentry',
    arrange: async (bench) => ({
      env: {
        SENTRY_URL: await bench.serve((_request, response) => {
          response.writeHead(404, { 'content-type': 'text/html' }).end('<html>no</html>');
        }),
      },
    }),
    check: 'sentry connection',
    place: 'SENTRY_URL',
    says: /answered 404 with a web page: .* is no Sentry there; check SENTRY_URL/,
  },
  {
    broken: 'a page for signing in',
    arrange: (bench) => sentryFault(bench, { kind: 'html' }),
    check: 'sentry connection',
    place: 'SENTRY_URL',
    says: /something that is not JSON .*check SENTRY_URL/,
  },
  {
    broken: 'a host without the region, which leads to the region',
    arrange: (bench) => sentryFault(bench, { kind: 'redirect', location: 'https://de.sentry.io/api/0/x/' }),
    check: 'sentry connection',
    place: 'SENTRY_URL',
    says: /a redirect, which is not followed; it leads to https:\/\/de\.sentry\.io: .* set SENTRY_URL to it/,
  },
  {
    broken: 'a host without the region, whose gateway does not reach it',
    arrange: (bench) =>
      sentryFault(bench, {
        kind: 'status',
        status: 503,
        body: '{"error":"apigateway","detail":"Downstream service temporarily unavailable"}',
      }),
    check: 'sentry connection',
    place: 'SENTRY_URL',
    says: /could not reach the region .*set SENTRY_URL to its own address, such as https:\/\/us\.sentry\.io/,
  },
  {
    broken: 'a Sentry that is down',
    arrange: (bench) => sentryFault(bench, { kind: 'status', status: 500 }),
    check: 'sentry connection',
    place: 'SENTRY_URL',
    says: /answered 500/,
  },
  {
    broken: 'a token that nobody knows',
    arrange: () => ({ env: { SENTRY_AUTH_TOKEN: 'another-sentry-token' } }),
    check: 'sentry token',
    place: 'SENTRY_AUTH_TOKEN',
    says: /answered 401: Invalid token; check SENTRY_AUTH_TOKEN: this Sentry does not know it/,
  },
  {
    broken: "an organization's token",
    arrange: () => ({ env: { SENTRY_AUTH_TOKEN: 'sntrys_0123456789' } }),
    check: 'sentry token',
    place: 'SENTRY_AUTH_TOKEN',
    says: /an organization token \(sntrys_\), which can only upload for CI; use the token of an internal integration/,
  },
  {
    broken: 'a wrong organization',
    arrange: () => ({ env: { SENTRY_ORG: 'acmee' } }),
    check: 'sentry organization',
    place: 'SENTRY_ORG',
    says: /no organization acmee at http:\/\/127\.0\.0\.1:\d+ that the token may see; check SENTRY_ORG.*; did you mean acme\?/,
  },
  ...(['org:read', 'event:read', 'project:read'] as const).map((scope): Case => ({
    broken: `a token without ${scope}`,
    arrange: ({ sandbox: { world } }) => {
      world.settings.scopes = ['org:read', 'event:read', 'project:read'].filter((it) => it !== scope);
      return {};
    },
    check: 'sentry scopes',
    place: 'SENTRY_AUTH_TOKEN',
    says: scope === 'org:read' ? /answered 403.*it needs org:read/ : new RegExp(`^it lacks ${scope};`),
  })),
  {
    broken: 'a project misspelt',
    arrange: (bench) => withFilters(bench, 'filters:\n  - name: shop\n    projects: [shop-wbe]\n'),
    check: 'sentry projects',
    place: 'filters.yaml:3',
    says: /no project shop-wbe in acme: .*did you mean shop-web\?/,
  },
  {
    broken: 'a project that the token may not read',
    arrange: ({ sandbox: { world } }) => {
      world.forbidProject('shop-api');
      return {};
    },
    check: 'sentry projects',
    place: 'filters.yaml:6',
    says: /the token may not read shop-api; give its integration/,
  },
  {
    broken: 'an environment misspelt',
    arrange: (bench) =>
      withFilters(bench, 'filters:\n  - name: shop\n    projects: [shop-web]\n    environments: [prodution]\n'),
    check: 'sentry environments',
    place: 'filters.yaml:4',
    says: /environment prodution; did you mean production\?/,
  },
  {
    broken: 'a query for a server without a search',
    arrange: (bench) => {
      bench.sandbox.world.setFlavour('glitchtip');
      return withFilters(bench, 'filters:\n  - name: shop\n    projects: [shop-web]\n    query: "x:1"\n');
    },
    check: 'sentry API',
    place: 'filters.yaml:4',
    says: /^query: this server has no search of that kind/,
  },
];
