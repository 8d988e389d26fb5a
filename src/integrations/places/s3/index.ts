import type * as Sdk from '@aws-sdk/client-s3';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BackupTrouble } from '../../../core/backup/trouble.ts';
import type { BackupPlace } from '../../../core/ports/backup/place.ts';
import { digestOf } from '../../../platform/file-digest.ts';
import { openS3 } from '../../vendors/aws/s3.ts';
import { openWorkshop } from '../workshop.ts';
import { upload } from './upload.ts';

/** A part of a large copy may take so long on a slow line, ms. */
const ANSWER_MS = 600_000;

/** Copies in a bucket, by the variables of Amazon's own tools. What is at work lies in a folder of this machine. */
export async function s3Place(to: string, now: () => number): Promise<BackupPlace> {
  const { hostname: Bucket, pathname } = new URL(to);
  const folder = pathname.replace(/^\/|\/$/g, '');
  const prefix = folder === '' ? '' : `${folder}/`;
  const sdk = await import('@aws-sdk/client-s3');
  // A bucket with dots in its name has no certificate of its own.
  const client = await openS3({ hasPaths: true, answerMs: ANSWER_MS });
  return {
    name: to,
    names: () => inWords(namesIn(client, sdk, { Bucket, prefix })),
    async put(name, file) {
      const digest = await digestOf(file);
      await inWords(upload(client, { Bucket, Key: prefix + name }, { path: file, bytes: digest.bytes }));
      return digest;
    },
    async fetch(name, file) {
      const { Body } = await inWords(client.send(new sdk.GetObjectCommand({ Bucket, Key: prefix + name })));
      await pipeline(Body as Readable, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      return digestOf(file);
    },
    remove: async (name) => {
      await inWords(client.send(new sdk.DeleteObjectCommand({ Bucket, Key: prefix + name })));
    },
    workshop: () => openWorkshop(tmpdir(), now()),
  };
}

async function namesIn(
  client: Sdk.S3Client,
  { ListObjectsV2Command }: typeof Sdk,
  { Bucket, prefix }: { readonly Bucket: string; readonly prefix: string },
): Promise<readonly string[]> {
  const names: string[] = [];
  for (let from: string | undefined, isLast = false; !isLast;) {
    const asked = {
      Bucket,
      Prefix: prefix,
      Delimiter: '/',
      ...(from === undefined ? {} : { ContinuationToken: from }),
    };
    const page = await client.send(new ListObjectsV2Command(asked));
    names.push(...(page.Contents ?? []).flatMap(({ Key }) => Key?.slice(prefix.length) ?? []));
    from = page.NextContinuationToken;
    isLast = page.IsTruncated !== true || from === undefined;
  }
  return names;
}

/** NOTE: the client's own error holds the request, and so the keys. */
async function inWords<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const { name, message } = error as Error;
    throw new BackupTrouble(`S3: ${name === 'Error' ? '' : `${name}: `}${message}`);
  }
}
