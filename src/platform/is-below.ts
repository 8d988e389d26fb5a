import { resolve } from 'node:path';

/** Code of the error of a file that is below none of the folders that were allowed. */
export const OUTSIDE = 'EOUTSIDE';

/** Whether a path is that of a folder, or of something in it. Links are not looked at. */
export function isBelow(path: string, folder: string): boolean {
  const [inner, outer] = [resolve(path), resolve(folder).replace(/\/$/, '')];
  return inner === outer || inner.startsWith(`${outer}/`);
}
