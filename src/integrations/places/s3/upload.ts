import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import { type FileHandle, open } from 'node:fs/promises';

interface Target {
  readonly Bucket: string;
  readonly Key: string;
}

interface Source {
  readonly path: string;
  readonly bytes: number;
}

/**
 * What is larger goes in parts: one request takes at most 5 GiB, and an object has at most 10,000 parts. NOTE: a part
 * is in memory while it is sent, so that it can be sent again; a stream that breaks would end the process besides.
 */
const PART_BYTES = 16 * 1024 * 1024;
const MOST_PARTS = 10_000;

/** Puts a file where nothing is: an object is there whole, or not at all. `partBytes`: for tests. */
export async function upload(
  client: S3Client,
  target: Target,
  { path, bytes }: Source,
  partBytes = Math.max(PART_BYTES, Math.ceil(bytes / MOST_PARTS)),
): Promise<void> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const file = await open(path);
  try {
    if (bytes > partBytes) return await inParts(client, target, { file, bytes, partBytes });
    const Body = await part(file, 0, bytes);
    await client.send(new PutObjectCommand({ ...target, Body, IfNoneMatch: '*' }));
  } finally {
    await file.close();
  }
}

interface Pieces {
  readonly file: FileHandle;
  readonly bytes: number;
  readonly partBytes: number;
}

async function inParts(client: S3Client, target: Target, { file, bytes, partBytes }: Pieces): Promise<void> {
  const sdk = await import('@aws-sdk/client-s3');
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(target));
  const begun = { ...target, UploadId };
  try {
    const Parts: CompletedPart[] = [];
    for (let start = 0; start < bytes; start += partBytes) {
      const PartNumber = Parts.length + 1;
      const Body = await part(file, start, Math.min(partBytes, bytes - start));
      Parts.push({
        PartNumber,
        ETag: (await client.send(new sdk.UploadPartCommand({ ...begun, PartNumber, Body }))).ETag,
      });
    }
    const MultipartUpload = { Parts };
    await client.send(new sdk.CompleteMultipartUploadCommand({ ...begun, MultipartUpload, IfNoneMatch: '*' }));
  } catch (error) {
    // What is begun and never ended is paid for.
    await client.send(new sdk.AbortMultipartUploadCommand(begun)).catch(() => undefined);
    throw error;
  }
}

/** So many bytes from there; fewer where the file ends before. */
async function part(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, start);
  return bytes.subarray(0, bytesRead);
}
