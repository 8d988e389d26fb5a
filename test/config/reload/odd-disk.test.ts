import assert from 'node:assert/strict';
import { look, type LookDisk } from '../../../src/config/reload/look.ts';

const file = { isDirectory: () => false, isFile: () => true, mtimeMs: 1 };
const folder = { ...file, isDirectory: () => true, isFile: () => false };
const pipe = { ...file, isFile: () => false };

describe('a look at files on an odd disk', () => {
  const disk = (stat: LookDisk['stat']): LookDisk => ({
    ...{ stat, readdir: async () => ['b.yaml', 'a.yaml'], readFile: async () => new Uint8Array([1]) },
  });
  const fail = (error: unknown) =>
    disk(async () => {
      throw error;
    });

  it('sees what went wrong, whatever that is, and says it to who reads', async () => {
    const coded = Object.assign(new Error('no'), { code: 'EIO' });
    for (const [error, message] of [
      [coded, 'no'],
      [new Error('odd'), 'odd'],
      ['text', 'unknown'],
    ] as const)
      assert.throws((await look('/f', fail(error))).disk.statSync.bind(null, '/f') as () => void, { message });
    const prints = await Promise.all(
      [coded, new Error('odd'), new Error('odd')].map(async (it) => (await look('/f', fail(it))).print),
    );
    assert.deepEqual([prints[0] === prints[1], prints[1] === prints[2]], [false, true]);
  });

  it('sees what is neither file nor folder, and nothing that was not looked at', async () => {
    const { disk: seen } = await look(
      '/f',
      disk(async () => pipe),
    );
    assert.deepEqual([seen.statSync('/f').isFile(), seen.statSync('/f').isDirectory()], [false, false]);
    assert.throws(() => seen.statSync('/g'), { message: '/g was not looked at' });
  });

  it('sees the files of a folder in one order', async () => {
    const { disk: seen } = await look(
      '/f/',
      disk(async (path) => (path === '/f/' ? folder : file)),
    );
    assert.deepEqual([seen.readdirSync('/f/').length, seen.statSync('/f/a.yaml').isFile()], [2, true]);
  });
});
