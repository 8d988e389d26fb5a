import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import { configIn, configItem } from '../../../src/app/backup/config-item.ts';
import { configTexts } from '../../../src/app/backup/config-texts.ts';
import { makeAll } from '../../../src/app/backup/make.ts';
import type { World } from '../../../src/app/world.ts';
import { createRedactor } from '../../../src/platform/redact.ts';
import { folder } from '../../support/process/temp-folder.ts';

const NOW = Date.parse('2026-11-28T15:00:00Z');
const FILE = 'filters: [{ name: crm-web, projects: [web] }]\n# acme-key-of-crm\n';

describe('a copy of files and settings', () => {
  let files: ReturnType<typeof folder>;
  beforeEach(() => (files = folder({ 'f.yaml': FILE })));
  afterEach(() => files.remove());
  const world = () => {
    const env = {
      FILTERS: files.file('f.yaml'),
      SENTRY_ORG: 'acme',
      SENTRY_AUTH_TOKEN: 'acme-token-of-sentry',
      TRIGGER_TOKEN_FILE: '/run/secrets/token',
      HOME: '/root',
    };
    return { env, disk: fs, now: () => NOW, server: 'mon-1', version: '1.2.3' } as unknown as World;
  };
  const redact = createRedactor(['acme-key-of-crm']);

  it('has the filters files and what settings are no secret, and no secret', () => {
    const texts = configTexts(world(), redact);
    assert.deepEqual(Object.keys(texts), [files.file('f.yaml'), 'settings.env']);
    assert.ok(!JSON.stringify(texts).includes('acme-key'), 'hidden wherever it stands');
    const lines = texts['settings.env']!.trim().split('\n').toSorted();
    assert.deepEqual(lines, [
      '# SENTRY_AUTH_TOKEN was set; it is a secret, set it anew',
      '# TRIGGER_TOKEN was set; it is a secret, set it anew',
      `FILTERS=${files.file('f.yaml')}`,
      'SENTRY_ORG=acme',
    ]);
  });

  it('is read back and compared', async () => {
    const item = configItem(() => ({ 'a.yaml': 'a: 1\n', 'settings.env': '' }));
    const copy = await item.copy(files.path);
    const { said } = await copy.prove(copy.file, files.path);
    assert.deepEqual([said, copy.ending], ['2 files', 'json.gz']);
    assert.deepEqual(await configIn(copy.file), { 'a.yaml': 'a: 1\n', 'settings.env': '' });
    for (const [bytes, why] of [
      [gzipSync('{"a.yaml":"a: 2\\n","settings.env":""}'), /not what the files are/],
      [gzipSync(''), /damaged: /],
      [Buffer.from('x'), /damaged: /],
    ] as const) {
      fs.writeFileSync(copy.file, bytes);
      await assert.rejects(copy.prove(copy.file, files.path), why);
    }
  });

  it('is made beside the ledger’s; where the place is none, all fail, and nothing secret is said', async () => {
    const times = { keepDays: null, now: NOW, sure: NOW };
    const owner = { ledger: {}, redact };
    const made = await makeAll(owner, { to: files.path, ...times }, world());
    assert.deepEqual(
      made.items.map((it) => [it.item, 'name' in it ? it.name : it.fault]),
      [['config', 'mon-1_2026-11-28T15-00-00Z_config.json.gz']],
    );
    const copied = { name: 'ledger', copy: async () => Promise.reject(new Error('no acme-key-of-crm')) };
    const bad = await makeAll({ ledger: { copied }, redact }, { to: `${files.path}/none`, ...times }, world());
    assert.deepEqual(
      bad.items.map((it) => 'fault' in it),
      [true, true],
    );
    const gone = { copied: { name: 'ledger', copy: copied.copy } };
    const [ledger] = (await makeAll({ ledger: gone, redact }, { to: files.path, ...times }, world())).items;
    assert.ok('fault' in ledger! && !ledger.fault.includes('acme-key'), JSON.stringify(ledger));
    const odd = await makeAll(owner, { to: 's3://not a bucket', ...times }, world());
    assert.ok('fault' in odd.items[0]!);
  });
});
