import type { Pointer } from './pointer.ts';

/** Reads objects of S3. */
export interface Objects {
  /** Null: there is no such object, or it may not be read. Rejects for what passes. */
  read(pointer: Pointer, signal: AbortSignal): Promise<Found | null>;
  close(): void;
}

export type Found = { readonly text: string } | { readonly tooLarge: true };

/** Of an event that is brought in an object, bytes. */
export const MOST_BYTES = 8 * 1024 * 1024;
const ANSWER_MS = 30_000;
const CONNECT_MS = 10_000;

/** S3, or a server that speaks like it; by the variables of Amazon's own tools. */
export async function openObjects(region: string | undefined, endpoint: string | undefined): Promise<Objects> {
  const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    followRegionRedirects: true,
    // NOTE: older servers refuse what newer clients ask for by default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });
  return {
    async read({ bucket, key }, abortSignal) {
      try {
        const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
          abortSignal,
        });
        if (ContentLength > MOST_BYTES) return { tooLarge: true };
        const chunks: Buffer[] = [];
        let bytes = 0;
        for await (const chunk of (Body ?? []) as AsyncIterable<Buffer>) {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > MOST_BYTES) return { tooLarge: true };
        }
        return { text: Buffer.concat(chunks).toString() };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    close: () => client.destroy(),
  };
}

/** Where a list may not be read, a missing object is refused like one that may not be read. */
function isMissing(error: unknown): boolean {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return ['NoSuchKey', 'NoSuchBucket', 'NotFound', 'AccessDenied'].includes(name) || $metadata?.httpStatusCode === 404;
}
