import type { World } from '../../app/world.ts';
import { difference } from './difference.ts';

/** Whether a file holds the text, and what to say. A folder needs another name; what differs can be made anew. */
export interface Checked {
  readonly is: 'same' | 'different' | 'a folder';
  /** Ends with a line break. */
  readonly said: string;
}

export function checkFile(file: string, text: string, disk: World['disk']): Checked {
  try {
    const kept = Buffer.from(disk.readFileSync(file)).toString();
    if (kept === text) return { is: 'same', said: `${file} is up to date\n` };
    return { is: 'different', said: `${file} is not what the filters make:\n${difference(kept, text)}` };
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code === 'EISDIR') return { is: 'a folder', said: `${file} is a folder; name the file in it\n` };
    return { is: 'different', said: `${file} ${TROUBLES[code] ?? `cannot be read (${code})`}\n` };
  }
}

const TROUBLES: Readonly<Record<string, string>> = { ENOENT: 'does not exist', EACCES: 'may not be read by this user' };
