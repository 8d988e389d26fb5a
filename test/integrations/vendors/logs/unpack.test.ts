import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { unpack } from '../../../../src/integrations/vendors/logs/unpack.ts';

const ONE = 'one\tline\n'.repeat(9_000);
const TWO = 'another line\n'.repeat(7_000);

describe('an archive', () => {
  /** Its text, and why it broke off. */
  async function textOf(bytes: Uint8Array, step: number): Promise<readonly [text: string, trouble: string | null]> {
    const pieces: Buffer[] = [];
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    }
    try {
      for await (const piece of unpack(source())) pieces.push(piece);
      return [Buffer.concat(pieces).toString(), null];
    } catch (error) {
      return [Buffer.concat(pieces).toString(), String(error)];
    }
  }

  const [one, two] = [gzipSync(ONE), gzipSync(TWO)];
  const zeros = Buffer.alloc(700);
  for (const [name, bytes, text] of [
    ['has a member', one, ONE],
    ['has several members', Buffer.concat([one, two]), ONE + TWO],
    ['has zeros behind it', Buffer.concat([one, zeros]), ONE],
    ['has zeros between its members', Buffer.concat([one, zeros, two, zeros]), ONE + TWO],
    ['is no packed one', Buffer.from(ONE), ONE],
    ['has an empty member', gzipSync(''), ''],
  ] as const)
    it(`that ${name} is read as a whole, in whatever pieces it comes`, async () => {
      for (const step of [1, 7, 100, 16_384, 1_000_000]) {
        const [found, trouble] = await textOf(bytes, step);
        assert.equal(trouble, null);
        assert.ok(found === text, `in pieces of ${step}: ${found.length} of ${text.length}`);
      }
    });

  const spoiled = Buffer.from(one);
  spoiled[spoiled.length - 6]! ^= 1;
  for (const [name, bytes, trouble] of [
    ['breaks off', one.subarray(0, one.length / 2), 'it is packed by gzip and breaks off'],
    ['lacks its last bytes', one.subarray(0, -8), 'it is packed by gzip and breaks off'],
    [
      'breaks off in its second member',
      Buffer.concat([one, two]).subarray(0, -20),
      'it is packed by gzip and breaks off',
    ],
    ['has a wrong checksum', spoiled, 'gzip cannot unpack it: incorrect data check'],
    [
      'has a text behind it',
      Buffer.concat([one, Buffer.from('text')]),
      'gzip cannot unpack it: incorrect header check',
    ],
    ['is empty', Buffer.alloc(0), 'it is empty'],
    [
      'is a page of a gateway',
      Buffer.from('<html>Bad Gateway</html>'),
      'it is neither packed by gzip nor lines of text',
    ],
    ['is a bomb', gzipSync(Buffer.alloc(60_000_000)), 'it unpacks to more than 200 times its size, or than 4 GiB'],
  ] as const)
    it(`that ${name} is broken, and says so`, async () => {
      for (const step of [333, 1_000_000]) assert.equal((await textOf(bytes, step))[1], `Broken: ${trouble}`);
    });
});
