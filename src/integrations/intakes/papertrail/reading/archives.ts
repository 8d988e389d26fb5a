import { once } from '../../../../platform/late.ts';
import type { Pointer } from '../../../vendors/aws/pointer.ts';
import { openS3, type S3Place } from '../../../vendors/aws/s3.ts';
import { Broken } from '../../../vendors/logs/unpack.ts';

/** An archive that is there, while it is read. */
export interface Archive {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of this version of it. */
  readonly tag: string;
}

/** Where archives lie. */
export interface Archives {
  /** Null: it is not there. `tag`: in this version only; another is `Broken`. Fewer bytes than were told of are too. */
  open(pointer: Pointer, tag: string | null, signal: AbortSignal): Promise<Archive | null>;
  /** Keys that begin so, and folders right below. */
  list(bucket: string, prefix: string, signal: AbortSignal): Promise<Listed>;
}

export interface Listed {
  readonly keys: readonly string[];
  readonly folders: readonly string[];
}

export function openArchives(place: S3Place): Archives {
  const ready = once(async () => ({ sdk: await import('@aws-sdk/client-s3'), client: await openS3(place) }));
  return {
    async open({ bucket, key }, tag, abortSignal) {
      const { sdk, client } = await ready();
      try {
        const command = new sdk.GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(tag === null ? {} : { IfMatch: tag }),
        });
        const { Body, ContentLength, ETag } = await client.send(command, { abortSignal });
        const body = (Body ?? []) as AsyncIterable<Uint8Array>;
        return { bytes: whole(body, ContentLength), tag: ETag ?? '' };
      } catch (error) {
        const { name } = error as Error;
        if (name === 'NoSuchKey' || name === 'NotFound') return null;
        if (name === 'PreconditionFailed') throw new Broken('it was changed while it was read');
        throw error;
      }
    },
    async list(bucket, prefix, abortSignal) {
      const { sdk, client } = await ready();
      const [keys, folders]: [string[], string[]] = [[], []];
      let from: string | undefined;
      do {
        const command = new sdk.ListObjectsV2Command({
          ...{ Bucket: bucket, Prefix: prefix, Delimiter: '/' },
          ...(from === undefined ? {} : { ContinuationToken: from }),
        });
        const page = await client.send(command, { abortSignal });
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        folders.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
        from = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (from !== undefined);
      return { keys, folders };
    },
  };
}

async function* whole(body: AsyncIterable<Uint8Array>, length: number | undefined): AsyncGenerator<Uint8Array> {
  let had = 0;
  for await (const piece of body) {
    had += piece.length;
    yield piece;
  }
  if (length !== undefined && had < length) throw new Broken(`only ${had} of its ${length} bytes came`);
}
