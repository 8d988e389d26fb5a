import assert from 'node:assert/strict';
import fs from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dumpByTool } from '../../../../../src/storage/ledger/backup/postgres/dump.ts';
import { folder } from '../../../../support/process/temp-folder.ts';

describe('a dump by pg_dump', () => {
  let to: ReturnType<typeof folder>;
  beforeEach(() => (to = folder({})));
  afterEach(() => to.remove());

  /** By a tool that is this script; `mode`: its rights. */
  const dump = (script: string, mode = 0o700) => {
    fs.writeFileSync(to.file('tool'), `#!/bin/sh\n${script}\n`, { mode });
    const url = 'postgres://monitor:p%3Aa%5Css@db.example.com:5433/acme?sslmode=require';
    const files = { file: to.file('copy.gz'), passFile: to.file('password') };
    return dumpByTool({ url, snapshot: '0000-1', ...files, program: to.file('tool') });
  };

  it('is of a snapshot and of our tables, and the password stands in a file for this user alone', async () => {
    assert.equal(await dump(`echo "$@" > ${to.file('asked')}; echo 'COPY it'`), null);
    assert.equal(gunzipSync(fs.readFileSync(to.file('copy.gz'))).toString(), 'COPY it\n');
    const passFile = encodeURIComponent(to.file('password'));
    assert.equal(
      fs.readFileSync(to.file('asked'), 'utf8'),
      `--dbname=postgres://monitor@db.example.com:5433/acme?sslmode=require&passfile=${passFile} --snapshot=0000-1 ` +
        '--table=sentry_monitor_* --no-owner --no-privileges --no-password --encoding=UTF8\n',
    );
    assert.equal(fs.readFileSync(to.file('password'), 'utf8'), '*:*:*:*:p\\:a\\\\ss\n');
    assert.deepEqual(
      ['password', 'copy.gz'].map((name) => fs.statSync(to.file(name)).mode & 0o777),
      [0o600, 0o600],
    );
  });

  const kinds = [
    [
      'echo half; echo "pg_dump: error: server version mismatch" >&2; exit 1',
      'pg_dump: error: server version mismatch',
    ],
    ['exit 3', 'pg_dump ended with 3'],
  ] as const;
  for (const [script, why] of kinds)
    it(`that fails says why: ${why}`, async () => assert.equal(await dump(script), why));

  it('that cannot be begun says why', async () => {
    assert.match((await dump('', 0o600))!, /^spawn .* EACCES$/);
    const files = { file: to.file('other.gz'), passFile: to.file('other') };
    const none = { url: 'postgres://a@b/c', snapshot: '1', ...files, program: to.file('none') };
    assert.equal(await dumpByTool(none), 'there is no pg_dump');
  });
});
