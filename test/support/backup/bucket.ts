import assert from 'node:assert/strict';
import fs from 'node:fs';
import { openS3 } from '../../../src/integrations/vendors/aws/s3.ts';
import { s3Place } from '../../../src/integrations/places/s3/index.ts';
import { upload } from '../../../src/integrations/places/s3/upload.ts';

const BUCKET = 'acme-backups';

/** A server with a bucket of that name that is empty. */
export interface BucketServer {
  readonly url: string;
}

/** What copies in any S3 must do: put whole, never over another, listed, fetched and removed; large ones in parts. */
export function bucketContract(server: () => BucketServer): void {
  const now = (): number => Date.now();

  it('are put whole, listed by their names, fetched back and removed', async () => {
    const place = await s3Place(`s3://${BUCKET}/acme/ledgers/`, now);
    const other = await s3Place(`s3://${BUCKET}`, now);
    const workshop = await place.workshop();
    try {
      assert.deepEqual(await place.names(), []);
      const name = 'mon%2D1 (a)_ü.txt';
      const put = await place.put(name, await workshop.write('a', 'acme\n'));
      assert.deepEqual([put.bytes, await place.names()], [5, [name]]);
      assert.deepEqual(await other.names(), [], 'what lies deeper is not its own');
      const back = `${workshop.path}/back`;
      assert.deepEqual(await place.fetch(name, back), put);
      assert.equal(fs.readFileSync(back, 'utf8'), 'acme\n');
      await assert.rejects(place.put(name, await workshop.write('b', 'new')), /^BackupTrouble: S3: .*precondition/i);
      await other.put('top.txt', await workshop.write('c', 'c'));
      assert.deepEqual(await other.names(), ['top.txt']);
      for (const it of [place, other]) for (const one of await it.names()) await it.remove(one);
      await place.remove('none.txt');
      assert.deepEqual([await place.names(), await other.names()], [[], []]);
      await assert.rejects(place.fetch(name, `${workshop.path}/none`), /S3: NoSuchKey/);
    } finally {
      await workshop.remove();
    }
  });

  it('go in parts where they are large', async () => {
    const place = await s3Place(`s3://${BUCKET}/large`, now);
    const workshop = await place.workshop();
    const client = await openS3({ endpoint: server().url, hasPaths: true });
    try {
      const bytes = Buffer.alloc(5 * 1024 * 1024 + 7, 'acme-backups-');
      fs.writeFileSync(`${workshop.path}/a`, bytes);
      const target = { Bucket: BUCKET, Key: 'large/a' };
      await upload(client, target, { path: `${workshop.path}/a`, bytes: bytes.length }, 5 * 1024 * 1024);
      await place.fetch('a', `${workshop.path}/back`);
      assert.ok(fs.readFileSync(`${workshop.path}/back`).equals(bytes));
      await assert.rejects(
        upload(client, target, { path: `${workshop.path}/a`, bytes: bytes.length }, 5 * 1024 * 1024),
      );
      await place.remove('a');
      const [gone, small] = [{ ...target, Key: 'large/b' }, 1024];
      await assert.rejects(upload(client, gone, { path: `${workshop.path}/none`, bytes: 1 }), { code: 'ENOENT' });
      // Parts that are too small are refused at the end, and nothing stays of them.
      await assert.rejects(upload(client, gone, { path: `${workshop.path}/a`, bytes: 3 * small }, small), /small/);
      assert.deepEqual(await place.names(), []);
    } finally {
      client.destroy();
      await workshop.remove();
    }
  });
}
