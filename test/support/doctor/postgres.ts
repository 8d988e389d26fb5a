import { freshDatabase, type TestDatabase } from '../ledger/postgres.ts';
import { sql } from '../../../src/storage/ledger/index.ts';
import { depsOf } from '../build/deps.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';

const PASSWORD = 'pw-0123456789';

/** A database, and a role of this test alone that nobody has granted anything. */
interface Place {
  readonly database: TestDatabase;
  /** Name of the database, and of the role. */
  readonly name: string;
  /** The ledger's address for that role. */
  readonly url: string;
}

async function openPlace(bench: Bench): Promise<Place> {
  const database = await freshDatabase();
  const name = new URL(database.url).pathname.slice(1);
  await database.query(`create role ${name} login password '${PASSWORD}'`);
  bench.atEnd(async () => {
    for (const role of [name, `${name}_user`])
      await database.query(
        `do 'begin drop owned by ${role}; drop role ${role}; exception when undefined_object then end'`,
      );
    await database.drop();
  });
  return { database, name, url: addressed(database.url, { username: name, password: PASSWORD }) };
}

function addressed(url: string, parts: Partial<Pick<URL, 'username' | 'password' | 'pathname' | 'search'>>): string {
  return Object.assign(new URL(url), parts).href;
}

/** What a ledger's own user makes at the start of a service. */
async function makeTables(url: string): Promise<void> {
  const { part } = sql.read({ LEDGER_URL: url }).create(depsOf(), 'ledger');
  try {
    await part.open();
  } finally {
    await part.close();
  }
}

function ledgerCase(broken: string, says: RegExp, arrange: (place: Place) => string | Promise<string>): Case {
  return {
    broken,
    arrange: async (bench) => ({ env: { LEDGER_URL: await arrange(await openPlace(bench)) } }),
    check: 'ledger',
    place: 'LEDGER_URL',
    says,
  };
}

export const POSTGRES: readonly Case[] = [
  ledgerCase(
    'a PostgreSQL that refuses the password',
    /^the user ledger_\w+ or its password is wrong; check both, with odd signs URL-encoded$/,
    ({ url }) => addressed(url, { password: 'another' }),
  ),
  ledgerCase(
    'a PostgreSQL that wants a password, and an address without one',
    /^the ledger wants a password, and its URL has none: .*; write it as postgres:\/\/user:password@host\/database$/,
    ({ url }) => addressed(url, { password: '' }),
  ),
  ledgerCase(
    'a PostgreSQL that knows no such user',
    /^the user nobody or its password is wrong; check both/,
    ({ url }) => addressed(url, { username: 'nobody' }),
  ),
  ledgerCase(
    'a PostgreSQL without the database',
    /^there is no database shop; create it, or mend its name at the end$/,
    ({ url }) => addressed(url, { pathname: '/shop' }),
  ),
  ledgerCase(
    'a PostgreSQL whose address names no database',
    /^there is no database ledger_\w+_user; create it, or mend its name at the end$/,
    // Its client takes the one that is called as the user.
    async ({ database, name, url }) => {
      const username = `${name}_user`;
      await database.query(`alter role ${name} rename to ${username}`);
      await database.query(`alter role ${username} password '${PASSWORD}'`);
      return addressed(url, { username, pathname: '' });
    },
  ),
  ledgerCase(
    'a PostgreSQL whose database the user may not enter',
    /^the user (ledger_\w+) may not enter the database \1; grant it CONNECT$/,
    async ({ database, name, url }) => {
      await database.query(`revoke connect on database ${name} from public`);
      return url;
    },
  ),
  ledgerCase(
    'a PostgreSQL where the user may make no tables',
    /^the user (ledger_\w+) may not make tables in the database \1; grant it CREATE on the schema$/,
    ({ url }) => url,
  ),
  ledgerCase(
    'a PostgreSQL where the user may read the tables, and not write them',
    /^its tables are there, but the user ledger_\w+ may not read and write them; make it their owner$/,
    async ({ database, name, url }) => {
      await makeTables(database.url);
      await database.query(`grant select on all tables in schema public to ${name}`);
      return url;
    },
  ),
  ledgerCase(
    'a PostgreSQL where the user may not even read the tables',
    /^its tables are there, but the user ledger_\w+ may not read and write them; make it their owner$/,
    async ({ database, url }) => {
      await makeTables(database.url);
      return url;
    },
  ),
  ledgerCase(
    'a PostgreSQL that is a standby, or was made read-only',
    /^the ledger can only be read, this PostgreSQL is a standby or was made read-only: /,
    async ({ database, name, url }) => {
      await makeTables(database.url);
      await database.query(`grant all on all tables in schema public to ${name}`);
      await database.query(`alter role ${name} set default_transaction_read_only = on`);
      return url;
    },
  ),
  ledgerCase(
    'a PostgreSQL that speaks no TLS, although its address wants it',
    /^the ledger speaks no TLS, which its URL wants: .*; leave out sslmode, or turn on TLS there$/,
    ({ url }) => addressed(url, { search: '?sslmode=verify-full' }),
  ),
];
