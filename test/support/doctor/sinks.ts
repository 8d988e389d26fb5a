import { type Case, NOWHERE } from './case.ts';

const NO_URLS = { NEW_RELIC_EVENT_URL: '', NEW_RELIC_METRIC_URL: '' };

export const SINKS: readonly Case[] = [
  {
    broken: 'a user key of New Relic',
    arrange: () => ({ env: { NEW_RELIC_LICENSE_KEY: 'NRAK-ABCDEFGHIJKLMNOPQRSTUVWXYZ0' } }),
    check: 'newrelic key',
    place: 'NEW_RELIC_LICENSE_KEY',
    says: /^is a user key \(NRAK-\); use a key of type INGEST - LICENSE$/,
  },
  {
    broken: 'a key of region eu with region us',
    arrange: () => ({ env: { ...NO_URLS, NEW_RELIC_LICENSE_KEY: 'eu01xx0123456789012345678901234567890NRAL' } }),
    check: 'newrelic key',
    place: 'NEW_RELIC_REGION',
    says: /^is us, and NEW_RELIC_LICENSE_KEY is a key of region eu; set it to eu$/,
  },
  {
    broken: 'a license key that New Relic does not know',
    arrange: () => ({ env: { NEW_RELIC_LICENSE_KEY: 'f'.repeat(39) } }),
    check: 'newrelic key',
    place: 'NEW_RELIC_LICENSE_KEY',
    says: /answered 403.*check NEW_RELIC_LICENSE_KEY.*it has 39 characters, a license key has 40/,
  },
  {
    broken: 'the number of another account',
    arrange: () => ({ env: { NEW_RELIC_ACCOUNT_ID: '7654321' } }),
    check: 'newrelic account',
    place: 'NEW_RELIC_ACCOUNT_ID',
    says: /^is 7654321, and the key is not one of this account/,
  },
  {
    broken: 'an Event API that is not there',
    arrange: () => ({ env: { NEW_RELIC_EVENT_URL: NOWHERE } }),
    check: 'newrelic Event API',
    place: 'NEW_RELIC_EVENT_URL',
    says: /ECONNREFUSED/,
  },
  {
    broken: 'a Metric API that is not there',
    arrange: () => ({ env: { NEW_RELIC_METRIC_URL: NOWHERE } }),
    check: 'newrelic Metric API',
    place: 'NEW_RELIC_METRIC_URL',
    says: /ECONNREFUSED/,
  },
  {
    broken: 'a token that Anodot does not know',
    arrange: () => ({ env: { ANODOT_TOKEN: 'another-anodot-token' } }),
    check: 'anodot token',
    place: 'ANODOT_TOKEN',
    says: /answered 401.*check ANODOT_TOKEN \(the data collection key/,
  },
  {
    broken: 'a token of Anodot that is not active',
    arrange: ({ sandbox: { world } }) => {
      const body = '{"errors":[{"error":"2001","description":"Token is not active"}]}';
      world.faults.add({ vendor: 'anodot', kind: 'status', status: 200, body, times: 0 });
      return {};
    },
    check: 'anodot token',
    place: 'ANODOT_TOKEN',
    says: /^is refused: 2001 Token is not active/,
  },
  {
    broken: 'another server in place of Anodot',
    arrange: async (bench) => ({
      env: { ANODOT_URL: await bench.serve((_request, response) => response.end('hello')) },
    }),
    check: 'anodot connection',
    place: 'ANODOT_URL',
    says: /answered 200: hello, which Anodot does not document; check ANODOT_URL/,
  },
  {
    broken: 'an Anodot that is not there',
    arrange: () => ({ env: { ANODOT_URL: NOWHERE } }),
    check: 'anodot connection',
    place: 'ANODOT_URL',
    says: /ECONNREFUSED.*check ANODOT_URL/,
  },
];
