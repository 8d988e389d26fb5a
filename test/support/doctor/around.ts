import { DatabaseSync } from 'node:sqlite';
import * as fs from 'node:fs';
import type { World } from '../../../src/app/world.ts';
import { type Case, NOWHERE, withFilters } from './case.ts';

/** A disk where this is not allowed to the user, whoever runs the test. */
function closedDisk(path: string): World['disk'] {
  return {
    ...fs,
    accessSync: (at, mode) => {
      if (at === path) throw Object.assign(new Error('no'), { code: 'EACCES' });
      fs.accessSync(at, mode);
    },
  };
}

function tablesOf(path: string, version: number): void {
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE sentry_monitor_schema (version integer primary key, name text, breaking integer)');
  db.exec(`INSERT INTO sentry_monitor_schema VALUES (0, 'empty', 0), (${version}, 'to come', 1)`);
  db.close();
}

export const AROUND: readonly Case[] = [
  {
    broken: 'a ledger in a folder that is missing',
    arrange: ({ files }) => ({ env: { LEDGER_URL: `sqlite:${files.file('none/ledger.db')}` } }),
    check: 'ledger',
    place: 'LEDGER_URL',
    says: /^the folder .*none is missing; create it/,
  },
  {
    broken: 'a ledger in a folder that cannot be written',
    arrange: ({ files }) => ({ world: { disk: closedDisk(files.path) } }),
    check: 'ledger',
    place: 'LEDGER_URL',
    says: /^the folder .* cannot be written \(EACCES\); give it to the user of the service/,
  },
  {
    broken: 'a ledger that is a folder',
    arrange: ({ files }) => ({ env: { LEDGER_URL: `sqlite:${files.path}` } }),
    check: 'ledger',
    place: 'LEDGER_URL',
    says: /is a folder; write the path of a file in it/,
  },
  {
    broken: 'a ledger that is something else',
    arrange: ({ files }) => {
      fs.writeFileSync(files.file('ledger.db'), 'no database, but rather long a text for one'.repeat(200));
      return {};
    },
    check: 'ledger',
    place: 'LEDGER_URL',
    says: /^the ledger is no SQLite file: .*; name another file, or move this one away$/,
  },
  {
    broken: 'a ledger of a newer version',
    arrange: ({ files }) => {
      tablesOf(files.file('ledger.db'), 99);
      return {};
    },
    check: 'ledger',
    place: 'LEDGER_URL',
    says: /^the ledger's tables have version 99 \(to come\)/,
  },
  {
    broken: 'a PostgreSQL that is not there',
    arrange: () => ({ env: { LEDGER_URL: 'postgres://user:secret-word@127.0.0.1:1/ledger' } }),
    check: 'ledger',
    place: 'LEDGER_URL',
    says: /^cannot connect \(ECONNREFUSED\): nothing listens there/,
  },
  {
    broken: "a dead man's switch that is not there",
    arrange: ({ sandbox: { url } }) => ({ env: { HEARTBEAT_URL: `${url}/ping/5ab0d0c4-9999-4222-8333-444455556666` } }),
    check: "dead man's switch",
    place: 'HEARTBEAT_URL',
    says: /^there is no such check; copy its address again$/,
  },
  {
    broken: "a dead man's switch whose address reports failures",
    arrange: ({ env }) => ({ env: { HEARTBEAT_URL: `${env['HEARTBEAT_URL']}/fail` } }),
    check: "dead man's switch",
    place: 'HEARTBEAT_URL',
    says: /^ends in \/fail, so each run would report that/,
  },
  {
    broken: "a dead man's switch on a host that is not there",
    arrange: () => ({ env: { HEARTBEAT_URL: `${NOWHERE}/api/7/cron/monitor/0123456789abcdef/` } }),
    check: "dead man's switch",
    place: 'HEARTBEAT_URL',
    says: /cannot connect \(ECONNREFUSED\); check HEARTBEAT_URL/,
  },
  {
    broken: 'a query without quotes',
    arrange: (bench) =>
      withFilters(
        bench,
        'filters:\n  - name: shop\n    projects: [shop-web]\n    environments: [production]\n    query: !error.type:X\n',
      ),
    check: 'filters',
    place: 'filters.yaml:5',
    says: /^query: a text that begins with ! must stand in quotes as a whole: '!error\.type:X'$/,
  },
  {
    broken: 'filters that are not there',
    arrange: ({ files }) => ({ env: { FILTERS: files.file('other.yaml') } }),
    check: 'filters',
    place: 'other.yaml',
    says: /^does not exist; run init, copy config\/filters\.example\.yaml to this place/,
  },
  {
    broken: 'a setting that is missing',
    arrange: () => ({ env: { NEW_RELIC_LICENSE_KEY: '' } }),
    check: 'settings',
    place: 'NEW_RELIC_LICENSE_KEY',
    says: /^is not set; set it/,
  },
  {
    broken: 'a port that something else has',
    arrange: async (bench) => {
      const url = await bench.serve((_request, response) => response.end('hello'));
      return { env: { PORT: new URL(url).port } };
    },
    check: 'service',
    place: 'PORT',
    says: /is taken by something else, which answers 200 to GET \/readyz; stop it, or choose another port/,
  },
  {
    broken: 'an address that is none of this machine',
    arrange: () => ({ env: { HOST: '203.0.113.9', TRIGGER_TOKEN: 'trigger-token-0123456789' } }),
    check: 'service',
    place: 'HOST',
    says: /203\.0\.113\.9 is no address of this machine/,
  },
  {
    broken: 'a service that is not ready',
    arrange: async (bench) => {
      const url = await bench.serve((_request, response) => {
        response.writeHead(503).end('{"detail":"the ledger cannot be used; the log says why"}');
      });
      return { env: { PORT: new URL(url).port } };
    },
    check: 'service',
    place: null,
    says: /is not ready: the ledger cannot be used/,
  },
  {
    broken: 'a public address that leads nowhere',
    arrange: () => ({ env: { PUBLIC_URL: NOWHERE } }),
    check: 'public address',
    place: 'PUBLIC_URL',
    says: /ECONNREFUSED.*start the service, or mend the proxy before it/,
  },
  {
    broken: 'a public address that leads elsewhere',
    arrange: async (bench) => ({
      env: { PUBLIC_URL: await bench.serve((_request, response) => response.end('hello')) },
    }),
    check: 'public address',
    place: 'PUBLIC_URL',
    says: /is answered by something else/,
  },
  {
    broken: 'a clock that is wrong',
    arrange: ({ sandbox: { world } }) => {
      world.clock.offset(-95_000);
      return {};
    },
    check: 'clock',
    place: null,
    says: /clock is 9\d s ahead of the vendors', so windows would be wrong; synchronize it/,
  },
];
