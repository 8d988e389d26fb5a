import { isRecord, recordsIn, textOf } from './json.ts';
import { keyOf, type Pointer } from './pointer.ts';

/**
 * The objects that a notification of S3 names by its `Records`, those that were removed left out; null: one of them
 * cannot be made out, or none is named.
 */
export function objectsIn(records: unknown): readonly Pointer[] | null {
  const named = recordsIn(records);
  const there = named.filter(
    (it) => !/^(?:s3:)?(?:ObjectRemoved|LifecycleExpiration):/.test(textOf(it['eventName']) ?? ''),
  );
  if (there.length < named.length && there.length === 0) return [];
  const all = there.map(({ s3 }) => pointerIn(s3));
  const known = all.filter((it) => it !== null);
  return known.length === 0 || known.length < all.length ? null : known;
}

function pointerIn(s3: unknown): Pointer | null {
  if (!isRecord(s3) || !isRecord(s3['bucket']) || !isRecord(s3['object'])) return null;
  const [bucket, encoded] = [textOf(s3['bucket']['name']), textOf(s3['object']['key'])];
  const key = encoded === null ? null : keyOf(encoded);
  return bucket === null || key === null ? null : { bucket, key };
}
