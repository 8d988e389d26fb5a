import type { Watch } from '../../core/ports/watches/watch.ts';
import type { Plugin } from '../plugin.ts';
import { csv, csvSecret } from './csv/index.ts';
import { xlsx, xlsxSecret } from './xlsx/index.ts';

/** Every kind of sheet, by the key that a file sets it up with. */
export const sheets: Readonly<Record<string, Plugin<Watch>>> = {
  csv,
  'csv-secret': csvSecret,
  xlsx,
  'xlsx-secret': xlsxSecret,
};
