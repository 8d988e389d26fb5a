import type { Asked } from '../../../../core/ports/events/intake.ts';
import { isRecord, textOf } from '../../../vendors/aws/json.ts';
import { objectsIn } from '../../../vendors/aws/notification.ts';
import type { Pointer } from '../../../vendors/aws/pointer.ts';

export type { Asked };

/**
 * Which archives a body names: `{ "bucket", "key" }` as it is, or a notification of S3, whose keys are encoded. Those
 * of other places are refused.
 */
export function askedFor(body: unknown, place: { readonly bucket: string; readonly prefix: string }): Asked {
  if (!isRecord(body)) return { refused: 'the body is no object of JSON' };
  if (body['Event'] === 's3:TestEvent') return { keys: [] };
  const named = body['Records'] === undefined ? pointerIn(body) : objectsIn(body['Records']);
  if (named === null)
    return { refused: 'the body names no object; post { "bucket": …, "key": … } or a notification of S3' };
  const stranger = named.find(({ bucket, key }) => bucket !== place.bucket || !isBelow(key, place.prefix));
  if (stranger !== undefined)
    return {
      refused: `s3://${stranger.bucket}/${stranger.key.slice(0, 200)} is not in this intake’s bucket and prefix`,
    };
  // What a folder is to people is an object of no bytes.
  return { keys: named.map(({ key }) => key).filter((key) => !key.endsWith('/')) };
}

function pointerIn(body: Readonly<Record<string, unknown>>): readonly Pointer[] | null {
  const [bucket, key] = [textOf(body['bucket']), textOf(body['key'])];
  return bucket === null || key === null ? null : [{ bucket, key }];
}

function isBelow(key: string, prefix: string): boolean {
  return key.length <= 1_024 && (prefix === '' || key.startsWith(`${prefix}/`));
}
