import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { realWorld } from '../../../src/app/real-world.ts';
import { backup } from '../../../src/commands/backup/index.ts';
import { folder } from '../../support/process/temp-folder.ts';

const FILE = 'filters: [{ name: crm-web, projects: [web] }]\n';

describe('the command backup', () => {
  let files: ReturnType<typeof folder>;
  beforeEach(() => (files = folder({ 'f.yaml': FILE })));
  afterEach(() => files.remove());

  async function said(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const [out, err]: [string[], string[]] = [[], []];
    const env = {
      FILTERS: files.file('f.yaml'),
      LEDGER_URL: `sqlite:${files.file('ledger.db')}`,
      SENTRY_ORG: 'acme',
      SENTRY_AUTH_TOKEN: 'acme-token-of-sentry',
      ...more,
    };
    const world = realWorld(new AbortController().signal, {
      env,
      server: 'mon-1',
      now: () => Date.parse('2026-11-28T15:00:00Z'),
      out: { write: (line: string) => out.push(line) },
      err: { write: (line: string) => err.push(line) },
    });
    const code = await backup.run(args, world);
    return { code, out: out.join(''), err: err.join('') };
  }

  it('copies the ledger into a folder, and says what was compared', async () => {
    const to = files.file('copies');
    fs.mkdirSync(to);
    const first = await said(['--to', to]);
    assert.deepEqual([first.code, first.err], [0, '']);
    assert.match(
      first.out,
      /^ok {6}ledger: mon-1_2026-11-28T15-00-00Z_ledger\.sqlite\.gz, \d+ bytes, restored and compared: schema \d+, \d+ rows/,
    );
    assert.match(first.out, /\nok {6}config: mon-1_2026-11-28T15-00-00Z_config\.json\.gz, \d+ bytes, .*: 2 files\n$/);
    const names = fs.readdirSync(to).toSorted();
    assert.deepEqual(names, [
      'mon-1_2026-11-28T15-00-00Z_config.json.gz',
      'mon-1_2026-11-28T15-00-00Z_config.json.gz.proof.json',
      'mon-1_2026-11-28T15-00-00Z_ledger.sqlite.gz',
      'mon-1_2026-11-28T15-00-00Z_ledger.sqlite.gz.proof.json',
    ]);
    const again = await said(['--to', to, '--json']);
    assert.deepEqual([again.code, again.err], [1, '']);
    const { items } = JSON.parse(again.out) as { readonly items: readonly { readonly fault: string }[] };
    assert.match(items[0]!.fault, /^EEXIST: file already exists/);
    assert.deepEqual(fs.readdirSync(to).toSorted(), names);
  });

  it('copies to where backup in the files says, and deletes what is too old there', async () => {
    const to = files.file('copies');
    fs.mkdirSync(to);
    const old = ['2026-09-28', '2026-09-30'].map((day) => `mon-1_${day}T15-00-00Z_ledger.sqlite.gz`);
    for (const name of old) fs.writeFileSync(`${to}/${name}`, '');
    fs.writeFileSync(files.file('b.yaml'), `backup: { at: Sat 15:00 UTC, to: ${to}, keep: 60d }\n${FILE}`);
    const { code } = await said([], { FILTERS: files.file('b.yaml') });
    const copies = fs.readdirSync(to).filter((name) => name.endsWith('.gz'));
    assert.deepEqual([code, copies.length, copies.includes(old[0]!), copies.includes(old[1]!)], [0, 3, false, true]);
  });

  it('needs a folder that is there, and a ledger', async () => {
    const none = await said(['--to', join(files.path, 'none')]);
    assert.deepEqual([none.code, none.out.split(':')[0]], [1, 'failed  ledger']);
    assert.match((await said([])).err, /^fault {4}backup: is in no filters file; write it there, or name --to\n/);
    const without = await said(['--to', files.path], { LEDGER_URL: '' });
    assert.deepEqual([without.code, without.out], [1, '']);
    assert.match(without.err, /^fault {4}LEDGER_URL: is not set, and a backup needs/);
  });
});
