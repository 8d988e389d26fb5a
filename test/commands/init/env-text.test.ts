import assert from 'node:assert/strict';
import { parseEnv } from 'node:util';
import { mergeEnv, Unwritable } from '../../../src/commands/init/env-text.ts';

describe('the text of .env', () => {
  it('keeps what is there, fills in an empty variable at its place, and adds the rest at the end', () => {
    const before = '# mine\nPORT=4000\n\nSENTRY_ORG=\n# DRY_RUN=true\nOTHER=kept # words\n';
    const { text, written } = mergeEnv(before, { SENTRY_ORG: 'acme', DRY_RUN: 'false', PORT: '4000' });
    assert.equal(text, '# mine\nPORT=4000\n\nSENTRY_ORG=acme\n# DRY_RUN=true\nOTHER=kept # words\nDRY_RUN=false\n');
    assert.deepEqual(written, ['SENTRY_ORG', 'DRY_RUN']);
  });

  it('stays byte for byte when nothing is new', () => {
    const before = 'SENTRY_ORG="acme"\n\n\n';
    assert.deepEqual(mergeEnv(before, { SENTRY_ORG: 'acme' }), { text: before, written: [] });
  });

  it('of nothing begins with what it is', () => {
    const { text } = mergeEnv('', { SENTRY_ORG: 'acme' });
    assert.match(text, /^# Settings of sentry-monitor;.*\nSENTRY_ORG=acme\n$/);
  });

  it('replaces the line of a value; of a value of several lines, or given twice, the last one counts', () => {
    assert.equal(mergeEnv('export A_B=1\nC=2\n', { A_B: '3' }).text, 'A_B=3\nC=2\n');
    const { text } = mergeEnv('A="1\n2"\nB=1\nB=2\n', { A: 'x', B: '9' });
    assert.deepEqual({ ...parseEnv(text) }, { A: 'x', B: '9' });
    assert.ok(text.startsWith('A="1\n2"\nB=1\nB=9\n'), text);
  });

  for (const value of ['a#b', "it's", 'say "x"', 'a b', '$HOME', 'x\\ny', '`', '=', '#', 'a\'b"c', 'ab=='])
    it(`brings every value back as it was: ${value}`, () => {
      const { text } = mergeEnv('Z=1', { KEY: value, NEXT: '1' });
      assert.deepEqual({ ...parseEnv(text) }, { Z: '1', KEY: value, NEXT: '1' });
    });

  it('refuses a value that cannot be written, and says what to do', () => {
    assert.throws(
      () => mergeEnv('', { KEY: `'"\`#` }),
      (error: Error) => error instanceof Unwritable && /^KEY: .*KEY_FILE/.test(error.message),
    );
  });
});
