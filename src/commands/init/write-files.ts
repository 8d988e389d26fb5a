import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The message names the file, and says what to do. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

/**
 * Whole or not at all: what was there stays until the new text is on the disk. `mode`: who may read it. Throws a
 * NotWritten.
 */
export function writeWhole(path: string, text: string, mode?: number): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    write(realOf(path), text, mode);
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    throw new NotWritten(`${path} cannot be written (${code}); check the rights of its folder, and the disk`);
  }
}

function write(place: string, text: string, mode: number | undefined): void {
  const draft = `${place}.${process.pid}.new`;
  try {
    writeFileSync(draft, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A link stays one. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
