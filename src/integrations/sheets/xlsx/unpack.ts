import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { NoSheet } from '../../../core/people/sheets/table.ts';

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 1_000;
/** They hold no cells. */
const BESIDE = /theme|docProps|drawing|chart|media|comment/i;

/** The texts of a workbook, by path. Throws a NoSheet, before more is unpacked than is read. */
export function unpack(bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  let [size, files] = [0, 0];
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (!/\.(xml|rels)$/.test(name) || BESIDE.test(name)) return false;
    size += originalSize;
    files++;
    if (size > MOST_BYTES || files > MOST_FILES) throw new NoSheet('is more than 20 MB unpacked; keep less in it');
    return true;
  };
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof NoSheet) throw error;
    throw new NoSheet('is no workbook in XLSX');
  }
}

/** The same again, not compressed, which says its true size. */
export function repacked(files: Readonly<Record<string, Uint8Array>>): ArrayBuffer {
  const bytes = zipSync(files, { level: 0 });
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
