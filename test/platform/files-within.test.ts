import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import { filesWithin } from '../../src/platform/files-within.ts';
import { realFiles } from '../../src/platform/real-files.ts';
import { folder } from '../support/process/temp-folder.ts';

describe('files below some folders', () => {
  const box = folder({});
  const at = (path: string): string => join(box.path, path);
  const files = filesWithin(realFiles, [at('logs'), at('none')]);
  before(() => {
    for (const path of ['logs/a.log', 'logs-2/b.log', 'other/c.log']) {
      fs.mkdirSync(at(path.split('/')[0]!));
      fs.writeFileSync(at(path), 'a');
    }
    fs.symlinkSync(at('other'), at('logs/away'));
  });
  after(() => box.remove());

  it('are read and listed', async () => {
    await (await files.open(at('logs/a.log'))).close();
    assert.deepEqual(await files.names(at('logs')), ['a.log', 'away']);
    await files.append(at('logs/a.log'), '!');
    assert.equal(fs.readFileSync(at('logs/a.log'), 'utf8'), 'a!');
  });

  for (const path of ['logs-2/b.log', 'other/c.log', 'logs/../other/c.log', 'logs/away/c.log'])
    it(`are not ${path}`, async () => {
      await assert.rejects(files.open(at(path)), { code: 'EOUTSIDE' });
      await assert.rejects(files.append(at(path), 'x'), { code: 'EOUTSIDE' });
      await assert.rejects(files.names(join(at(path), '..')), { code: 'EOUTSIDE' });
    });
});
