import assert from 'node:assert/strict';
import { sourceLines } from '../../src/platform/source-lines.ts';

/** Columns 1 to 9 are line 3 of a.ts, those from 10 on line 8, column 5. */
const MAP = { version: 3, sources: ['../src/a.ts'], names: [], mappings: 'AAEA,SAKI' };

function diskOf(files: Readonly<Record<string, string>>): {
  readonly read: string[];
  readFileSync(path: string): Uint8Array;
} {
  const read: string[] = [];
  return {
    read,
    readFileSync: (path) => {
      read.push(path);
      return Buffer.from(files[path] ?? assert.fail('no such file'));
    },
  };
}

describe('traces of a build', () => {
  const disk = (): ReturnType<typeof diskOf> => diskOf({ '/app/dist/main.js.map': JSON.stringify(MAP) });

  it('name the lines of the source, in a log line too', () => {
    const named = sourceLines('/app/dist', disk());
    assert.equal(
      named('Error: no\n    at f (file:///app/dist/main.js:1:1)\n    at /app/dist/main.js:1:14'),
      'Error: no\n    at f (src/a.ts:3:1)\n    at src/a.ts:8:5',
    );
    assert.equal(
      named(JSON.stringify({ error: 'no\n    at f (/app/dist/main.js:1:10)' })),
      JSON.stringify({ error: 'no\n    at f (src/a.ts:8:5)' }),
    );
  });

  it('stay as they are where no map tells, or the file is none of the build', () => {
    const named = sourceLines('/app/dist', disk());
    for (const text of [
      'at f (/app/dist/other.js:1:1)',
      'at f (/app/node_modules/x/index.js:1:1)',
      'at f (/app/dist2/main.js:1:1)',
      'at f (node:net:1:1)',
      'no trace',
    ])
      assert.equal(named(text), text);
    const broken = sourceLines('/app/dist', diskOf({ '/app/dist/main.js.map': '{' }));
    assert.equal(broken('at f (/app/dist/main.js:1:1)'), 'at f (/app/dist/main.js:1:1)');
  });

  it('cost nothing until there is one, and a map is read once', () => {
    const it = disk();
    const named = sourceLines('/app/dist', it);
    named('{"msg":"listening"}');
    assert.deepEqual(it.read, []);
    named('at f (/app/dist/main.js:1:1)');
    named('at f (/app/dist/main.js:1:1)');
    assert.deepEqual(it.read, ['/app/dist/main.js.map']);
  });
});
