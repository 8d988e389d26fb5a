import assert from 'node:assert/strict';
import fs from 'node:fs';
import { folderPlace } from '../../../src/integrations/places/folder.ts';
import { placeAt } from '../../../src/integrations/places/index.ts';
import { folder } from '../../support/process/temp-folder.ts';

const ACME = { bytes: 5, sha256: 'bd48c59bb1e3a6f79fb3f5d9ad38c75bb9e0ac0e8f12b9a0fd0d7fd3a8e0d4cd' };

describe('copies in a folder', () => {
  let to: ReturnType<typeof folder>;
  beforeEach(() => (to = folder({})));
  afterEach(() => to.remove());
  const now = (): number => Date.now();

  it('are put whole, for this user alone, and fetched back', async () => {
    const place = await placeAt(to.path, now);
    const workshop = await place.workshop();
    const put = await place.put('one.txt', await workshop.write('a', 'acme\n'));
    assert.deepEqual([put.bytes, put.sha256.length], [ACME.bytes, 64]);
    const back = `${workshop.path}/back`;
    assert.deepEqual(await place.fetch('one.txt', back), put);
    assert.equal(fs.readFileSync(back, 'utf8'), 'acme\n');
    const modes = ['one.txt', workshop.path.slice(to.path.length + 1)].map(
      (it) => fs.statSync(to.file(it)).mode & 0o777,
    );
    assert.deepEqual(modes, [0o600, 0o700]);
    await workshop.remove();
    assert.deepEqual(await place.names(), ['one.txt']);
    await place.remove('one.txt');
    await place.remove('one.txt');
    assert.deepEqual(await place.names(), []);
  });

  it('are never written over', async () => {
    const place = folderPlace(to.path, now);
    fs.writeFileSync(to.file('one.txt'), 'old');
    const workshop = await place.workshop();
    await assert.rejects(place.put('one.txt', await workshop.write('a', 'new')), { code: 'EEXIST' });
    assert.equal(fs.readFileSync(to.file('one.txt'), 'utf8'), 'old');
  });

  it('leave nothing of the name behind when they cannot be put', async () => {
    const place = folderPlace(to.path, now);
    const workshop = await place.workshop();
    const file = await workshop.write('a', 'new');
    // A file that becomes a folder between the first look and the rename cannot take the file's place.
    await assert.rejects(place.put('no/one.txt', file), { code: 'ENOENT' });
    assert.deepEqual(await place.names(), [workshop.path.slice(to.path.length + 1)]);
  });

  it('need the folder to be there', async () => {
    const place = folderPlace(to.file('none'), now);
    await assert.rejects(place.workshop(), /there is no folder .*none: make it \(mkdir -m 700\), or mount its disk$/);
    await assert.rejects(folderPlace('/dev/null', now).workshop(), { code: 'ENOTDIR' });
    await assert.rejects(place.remove('x\0'), { code: 'ERR_INVALID_ARG_VALUE' });
  });

  it('have no leftovers of who died among them for longer than a day', async () => {
    const place = folderPlace(to.path, now);
    const [old, young] = [await place.workshop(), await place.workshop()];
    const before = new Date(Date.now() - 25 * 3_600_000);
    fs.utimesSync(old.path, before, before);
    await place.workshop();
    assert.deepEqual([fs.existsSync(old.path), fs.existsSync(young.path)], [false, true]);
  });
});
