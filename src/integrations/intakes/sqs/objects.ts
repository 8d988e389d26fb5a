import { openS3 } from '../../vendors/aws/s3.ts';
import type { Pointer } from '../../vendors/aws/pointer.ts';

/** Reads objects of S3. */
export interface Objects {
  /** Null: there is no such object, or it may not be read. Rejects for what passes. */
  read(pointer: Pointer, signal: AbortSignal): Promise<Found | null>;
  close(): void;
}

export type Found = { readonly text: string } | { readonly tooLarge: true };

/** Of an event that is brought in an object, bytes. */
const MOST_BYTES = 8 * 1024 * 1024;

/** S3, or a server that speaks like it; by the variables of Amazon's own tools. */
export async function openObjects(region: string | undefined, endpoint: string | undefined): Promise<Objects> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await openS3({ region, endpoint, hasPaths: endpoint !== undefined });
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
