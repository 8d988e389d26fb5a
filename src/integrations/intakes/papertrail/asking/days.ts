import { DAY_MS } from '../../../../core/model/window.ts';
import type { Archives } from '../reading/archives.ts';

/**
 * Keys of the archives of days, both included: below the prefix, or one folder further down, where the vendor puts the
 * account's number.
 */
export async function keysOfDays(
  { from, to }: { readonly from: string; readonly to: string },
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  archives: Pick<Archives, 'list'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const top = prefix === '' ? '' : `${prefix}/`;
  const { folders } = await archives.list(bucket, top, signal);
  const tops = [top, ...folders.filter((it) => !/(?:^|\/)dt=[^/]*\/$/.test(it))];
  const keys: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    for (const folder of tops) keys.push(...(await archives.list(bucket, `${folder}dt=${day}/`, signal)).keys);
  }
  return keys.filter((key) => /\.tsv(?:\.gz)?$/.test(key));
}
