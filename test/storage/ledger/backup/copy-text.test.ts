import assert from 'node:assert/strict';
import fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makeTables, withTables } from '../../../../src/storage/ledger/backup/tables.ts';
import { copyHead, copyLine, rowsIn, valuesIn } from '../../../../src/storage/ledger/backup/copy-text.ts';
import { versionIn } from '../../../../src/storage/ledger/backup/restore/version.ts';
import { workOnFile } from '../../../../src/storage/ledger/backup/sqlite/work.ts';
import { ODD } from '../../../support/backup/filled.ts';
import { folder } from '../../../support/process/temp-folder.ts';

/** As pg_dump writes it, other statements included. */
const DUMP = `--
\\restrict acme
SET statement_timeout = 0;
CREATE TABLE public.sentry_monitor_mutes (mute_id text NOT NULL, mute text NOT NULL);
COPY public.sentry_monitor_mutes (mute_id, mute) FROM stdin;
m1\t{"why": "a\\\\tb\\tc\\nd \\\\N \u2028"}
m2\t\\N
\\.
COPY public.other_table (a) FROM stdin;
COPY public."sentry_monitor_schema" ("version", name, breaking) FROM stdin;
0\tempty\t0
4\talerts\t0
\\.
ALTER TABLE ONLY public.sentry_monitor_mutes ADD CONSTRAINT x PRIMARY KEY (mute_id);
`;

describe('rows as text', () => {
  let to: ReturnType<typeof folder>;
  beforeEach(() => (to = folder({})));
  afterEach(() => to.remove());
  const packed = (bytes: Uint8Array): string => {
    fs.writeFileSync(to.file('copy.gz'), bytes);
    return to.file('copy.gz');
  };
  const read = (text: string) => Array.fromAsync(rowsIn(packed(gzipSync(text))));

  it('are read out of what pg_dump wrote', async () => {
    assert.deepEqual(await read(DUMP), [
      {
        table: 'sentry_monitor_mutes',
        columns: ['mute_id', 'mute'],
        values: ['m1', '{"why": "a\\tb\tc\nd \\N \u2028"}'],
      },
      { table: 'sentry_monitor_mutes', columns: ['mute_id', 'mute'], values: ['m2', null] },
      { table: 'sentry_monitor_schema', columns: ['version', 'name', 'breaking'], values: ['0', 'empty', '0'] },
      { table: 'sentry_monitor_schema', columns: ['version', 'name', 'breaking'], values: ['4', 'alerts', '0'] },
    ]);
    assert.equal(await versionIn(rowsIn(packed(gzipSync(DUMP)))), 4);
    assert.equal(await versionIn(rowsIn(packed(gzipSync('')))), 0);
  });

  it('are written so that they are read back, whatever letters they have, and however long they are', async () => {
    const values = [ODD, null, '', '\\N', '\b\f\v', 'x'.repeat(300_000), '\\.'];
    const line = copyLine(values);
    assert.equal(line.split('\n').length, 2);
    assert.deepEqual(valuesIn(line.slice(0, -1)), values);
    const columns = values.map((_, index) => `c${index}`);
    const text = `${copyHead('sentry_monitor_x', columns)}${line}\\.`;
    assert.deepEqual((await read(text))[0]!.values, values);
  });

  it('that end too early, or are no packed text, are refused', async () => {
    await assert.rejects(read(DUMP.slice(0, DUMP.indexOf('\nm2'))), /damaged: it ends within sentry_monitor_mutes$/);
    await assert.rejects(Array.fromAsync(rowsIn(packed(Buffer.from('plain')))), /damaged: incorrect header check/);
    const cut = gzipSync(DUMP);
    await assert.rejects(Array.fromAsync(rowsIn(packed(cut.subarray(0, cut.length - 9)))), /unexpected end of file/);
    await assert.rejects(Array.fromAsync(rowsIn(to.file('none'))), { code: 'ENOENT' });
  });

  it('are put into tables in place of what these had; a column that these do not have is named', async () => {
    const file = to.file('tables.sqlite');
    await withTables(`sqlite:${file}`, Date.now, (engine) => makeTables(engine, 4));
    const good = packed(gzipSync(DUMP.replace('m2\t\\N\n', '')));
    const facts = await workOnFile({ kind: 'fill', from: good, file });
    assert.deepEqual(
      [facts['version'], facts['rows of sentry_monitor_mutes'], facts['rows of sentry_monitor_progress']],
      [4, 1, 0],
    );
    const strange = packed(gzipSync(DUMP.replace('(mute_id, mute) FROM', '(mute_id, added) FROM')));
    await assert.rejects(
      workOnFile({ kind: 'fill', from: strange, file }),
      /has sentry_monitor_mutes\.added, which this version does not know/,
    );
    const nulls = packed(gzipSync(DUMP));
    await assert.rejects(workOnFile({ kind: 'fill', from: nulls, file }), /NOT NULL constraint failed/);
    assert.equal((await workOnFile({ kind: 'look', file }))['rows of sentry_monitor_mutes'], 1);
  });
});
