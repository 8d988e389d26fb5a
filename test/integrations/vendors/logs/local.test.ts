import assert from 'node:assert/strict';
import type { LogFile, LogFiles } from '../../../../src/core/ports/events/log-files.ts';
import { bytesOf } from '../../../../src/integrations/vendors/logs/local.ts';
import { readLocal } from '../../../../src/integrations/vendors/logs/read-local.ts';
import { Broken } from '../../../../src/integrations/vendors/logs/unpack.ts';

/** One file with that text; null: it cannot be opened. */
function filesOf(text: Buffer | null, error: object = {}): LogFiles & { readonly closed: () => number } {
  let closed = 0;
  const file: LogFile = {
    facts: async () => assert.fail('not asked'),
    read: async (buffer, at) => text!.copy(buffer, 0, at),
    close: async () => void closed++,
  };
  return {
    names: async () => [],
    append: async () => undefined,
    open: async () => (text === null ? Promise.reject(Object.assign(new Error('odd'), error)) : file),
    closed: () => closed,
  };
}

async function taken(files: LogFiles): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await bytesOf('/x', files)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('the bytes of a file of this machine', () => {
  it('come piece by piece, and it is closed', async () => {
    const text = Buffer.alloc(70_000, 'x');
    const files = filesOf(text);
    assert.ok((await taken(files)).equals(text));
    assert.equal(files.closed(), 1);
  });

  it('are none of one that cannot be opened, and why', async () => {
    for (const [error, why] of [
      [{ code: 'EACCES' }, 'EACCES'],
      [{}, 'odd'],
    ] as const)
      await assert.rejects(bytesOf('/x', filesOf(null, error)), (it) => {
        assert.ok(it instanceof Broken);
        assert.equal(it.message, `it cannot be opened (${why})`);
        return true;
      });
  });

  it('of a log that is read by hand: one that is broken is refused whole, by its intake', async () => {
    const reading = { project: 'shop' } as never;
    await assert.rejects(readLocal('/x.log.gz', '', filesOf(null, { code: 'ENOENT' }), reading), {
      message: '/x.log.gz is not read: it cannot be opened (ENOENT)',
      facts: { service: 'shop', retryable: false },
    });
    await assert.rejects(
      readLocal(
        '/x.log',
        '',
        { ...filesOf(null), open: async () => ({ close: async () => undefined }) as never },
        reading,
      ),
      TypeError,
    );
  });
});
