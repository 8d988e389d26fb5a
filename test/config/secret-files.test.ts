import assert from 'node:assert/strict';
import fs from 'node:fs';
import { inspect } from 'node:util';
import { checkSettings, onePerVariable, SettingsError } from '../../src/config/schema.ts';
import { expandFiles, withinRoots } from '../../src/config/secret-files.ts';
import { KEY, schema } from '../support/config/acme-settings.ts';

describe('secrets from files', () => {
  const readFile = (path: string) => fs.readFileSync(path, 'utf8');
  const TOKEN = 'test/fixtures/settings/token';

  it('are read without the line break at the end', () => {
    const given = { ACME_TOKEN_FILE: TOKEN, OTHER: 'x', ACME_TOKEN: '' };
    assert.deepEqual(expandFiles(given, ['ACME_TOKEN', 'ACME_SPARE'], readFile), {
      env: { ...given, ACME_TOKEN: 'file-token-0123456789' },
      faults: [],
    });
    assert.equal(expandFiles({ A_FILE: 'f' }, ['A'], () => 'x\r\n').env['A'], 'x');
    assert.equal(expandFiles({ A_FILE: 'f' }, ['A'], () => 'x\n\n').env['A'], 'x\n');
  });

  it('come from below FILE_ROOTS alone, where that is set', () => {
    const given = { FILE_ROOTS: '/run/secrets, /etc/acme/', A_FILE: '/run/secrets/a', B_FILE: '/etc/acme/b' };
    const others = { C_FILE: '/run/secrets-2/c', D_FILE: '/run/secrets/../d', E_FILE: 'run/secrets/e' };
    const env = { ...given, ...others };
    const found = expandFiles(
      env,
      ['A', 'B', 'C', 'D', 'E'],
      withinRoots(env, (path) => `of ${path}`),
    );
    assert.deepEqual([found.env['A'], found.env['B']], ['of /run/secrets/a', 'of /etc/acme/b']);
    assert.deepEqual(
      found.faults,
      ['C', 'D', 'E'].map((variable) => ({
        variable,
        text: `${variable}_FILE names a file outside of FILE_ROOTS; add its folder there, or move it`,
      })),
    );
    assert.equal(withinRoots({}, () => 'x')('/anywhere'), 'x');
  });

  it('are looked for only where a variable is sensitive and its file is named', () => {
    const never = () => assert.fail('read');
    const given = { PORT_FILE: 'x', ACME_TOKEN_FILE: '', B: 'b' };
    assert.deepEqual(expandFiles(given, ['ACME_TOKEN', 'B'], never), { env: given, faults: [] });
  });

  it('that are given twice, cannot be read or are empty are faults that show neither value nor path', () => {
    const given = { A: KEY, A_FILE: TOKEN, B_FILE: `/none/${KEY}`, C_FILE: 'test/fixtures/settings/empty' };
    const { env, faults } = expandFiles(given, ['A', 'B', 'C', 'A'], readFile);
    assert.deepEqual(faults, [
      { variable: 'A', text: 'is set, and so is A_FILE; keep one of them' },
      { variable: 'B', text: 'B_FILE names a file that cannot be read; check its path and rights' },
      { variable: 'C', text: 'C_FILE names an empty file; write the secret into it' },
    ]);
    assert.deepEqual(env, given);
    assert.ok(!inspect(new SettingsError(faults)).includes(KEY));
  });

  it('at fault are told once, not again as not set', () => {
    const { env, faults } = expandFiles({ ACME_TOKEN_FILE: '/none' }, ['ACME_TOKEN'], readFile);
    const all = [...faults, ...checkSettings(schema, { ...env, ACME_ROWS: '0' }).faults];
    assert.deepEqual(
      onePerVariable(all).map(({ variable, text }) => `${variable} ${text.slice(0, 20)}`),
      ['ACME_TOKEN ACME_TOKEN_FILE name', 'ACME_ROWS "0" is not a whole n'],
    );
  });
});
