import { createHash } from 'node:crypto';
import type { LogFile } from '../../../../core/ports/events/log-files.ts';

/** What is looked at of a file to know it again, bytes. */
export const PRINT_BYTES = 1_024;

/** Some bytes, without keeping them. */
export interface Print {
  readonly length: number;
  readonly hash: string;
}

export const NO_PRINT: Print = { length: 0, hash: '' };

export function printOf(bytes: Uint8Array): Print {
  return bytes.length === 0 ? NO_PRINT : { length: bytes.length, hash: hashOf(bytes) };
}

export function isPrint(bytes: Uint8Array, print: Print): boolean {
  const found = printOf(bytes);
  return found.length === print.length && found.hash === print.hash;
}

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}

/** So many bytes from there on, or as many as there are. */
export async function bytesAt(file: LogFile, at: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let had = 0;
  while (had < length) {
    const some = await file.read(buffer.subarray(had), at + had);
    if (some === 0) break;
    had += some;
  }
  return buffer.subarray(0, had);
}
