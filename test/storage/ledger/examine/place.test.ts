import assert from 'node:assert/strict';
import { inspectPlace, lookAtFile } from '../../../../src/storage/ledger/examine/place.ts';

/** A folder `/data`, and what is said of the file in it. */
function diskOf(file: 'none' | 'folder' | 'closed' | 'open') {
  const failed = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  return {
    statSync: (path: string) => {
      if (path === '/data') return { isDirectory: () => true, isFile: () => false };
      if (file === 'none' || !path.startsWith('/data/')) return failed('ENOENT');
      return { isDirectory: () => file === 'folder', isFile: () => file !== 'folder' };
    },
    accessSync: (path: string) => (file === 'closed' && path !== '/data' ? failed('EACCES') : undefined),
  } as never;
}

describe('where a SQLite file lies', () => {
  const said = (file: Parameters<typeof diskOf>[0], path = '/data/l.db') => {
    const found = lookAtFile(path, 'ledger', diskOf(file));
    return found === undefined ? undefined : `${found.status} ${found.say}`;
  };

  it('is looked at before it is opened', () => {
    assert.equal(said('open'), undefined);
    assert.equal(said('none'), 'ok the SQLite file /data/l.db is not there yet; the service makes it');
    assert.equal(said('folder'), 'failed /data/l.db is a folder; write the path of a file in it');
    assert.match(said('closed')!, /^failed the SQLite file \/data\/l\.db cannot be read and written \(EACCES\)/);
  });

  it('is a folder that is there, where there is a file at all', () => {
    const places = ['postgres://h/x', 'sqlite:/data/l.db', 'sqlite:/gone/l.db'];
    assert.deepEqual(
      places.map((url) => inspectPlace(url, 'ledger', diskOf('open')).length),
      [0, 0, 1],
    );
  });
});
