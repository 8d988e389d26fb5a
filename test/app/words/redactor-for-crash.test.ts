import assert from 'node:assert/strict';
import { redactorForCrash } from '../../../src/app/words/redactor-for-crash.ts';
import { checkFile } from '../../../src/commands/generate/check-file.ts';
import { worldOf } from '../fake-world.ts';

describe('what a program that broke says', () => {
  it('hides the keys of its settings, also where its files break it', () => {
    const { world } = worldOf({ ANODOT_TOKEN: 's3cret-token-0123456789' }, {});
    const disk = new Proxy({}, { get: () => () => assert.fail('the disk is broken') }) as typeof world.disk;
    for (const own of [world.disk, disk])
      assert.equal(
        redactorForCrash({ env: world.env, disk: own })('no s3cret-token-0123456789').includes('s3cret'),
        false,
      );
  });
});

describe('a file that is compared with what is generated', () => {
  const said = (kept: string | { code: string }) => {
    const readFileSync = (): Buffer => {
      if (typeof kept === 'string') return Buffer.from(kept);
      throw Object.assign(new Error('no'), kept);
    };
    const { is, said: text } = checkFile('a.tf', 'one\n', { readFileSync } as never);
    return `${is}: ${text}`;
  };

  it('is up to date, another one, a folder, or cannot be read', () => {
    assert.equal(said('one\n'), 'same: a.tf is up to date\n');
    assert.match(said('two\n'), /^different: a\.tf is not what the filters make:\n/);
    assert.equal(said({ code: 'EISDIR' }), 'a folder: a.tf is a folder; name the file in it\n');
    assert.equal(said({ code: 'ENOENT' }), 'different: a.tf does not exist\n');
    assert.equal(said({ code: 'EACCES' }), 'different: a.tf may not be read by this user\n');
    assert.equal(said({ code: 'EIO' }), 'different: a.tf cannot be read (EIO)\n');
  });
});
