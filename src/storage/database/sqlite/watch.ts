import type { Queue } from './queue.ts';
import type { SqliteFile } from './file.ts';

/** What the thread may do with the disk. */
export interface Disk {
  statSync(path: string, options: { readonly throwIfNoEntry: false }): Place | undefined;
  openSync(path: string, flags: 'r'): number;
  fstatSync(fd: number): Place;
  readSync(fd: number, into: Uint8Array, from: number, length: number, at: number): number;
}

interface Place {
  readonly dev: number;
  readonly ino: number;
}

/** Where SQLite keeps `user_version` in a file's first page, and how long the page's head is, bytes. */
const [MARK_AT, HEAD] = [60, 100];

/**
 * Notices when the file is deleted, or another one, or an older copy of it, comes in its place. SQLite notices none of
 * it: it goes on with what nobody will find again. Some writes after another the file gets a higher mark, so that a
 * copy that was made before has a lower one.
 */
export function createWatch(file: SqliteFile, queue: Pick<Queue, 'isTaken'>, disk: Disk): () => string | null {
  let [path, fd, changed]: [string | null, number, number] = [null, -1, -1];
  let highest = 0;
  const begin = (at: string): void => {
    // NOTE: never closed while the file is in use: that would take away the process's own locks on it.
    [path, fd, highest] = [at, disk.openSync(at, 'r'), 0];
  };
  const whatIsWrong = (): string | null => {
    const there = disk.statSync(path!, { throwIfNoEntry: false });
    if (there === undefined) return 'was deleted';
    const { dev, ino } = disk.fstatSync(fd);
    if (there.dev !== dev || there.ino !== ino) return 'was replaced by another file';
    const mark = markIn(fd, disk);
    if (mark === null || mark < highest) return 'was overwritten by an older copy';
    highest = mark;
    return null;
  };
  const raiseMark = (): void => {
    const now = file.changed();
    if (now === changed || queue.isTaken()) return;
    try {
      file.setMark(file.readMark() + 1);
      changed = now;
      highest = Math.max(highest, markIn(fd, disk) ?? 0);
    } catch {
      // Another process has a lock, or there is no room: the next look tries again.
    }
  };
  return () => {
    const at = file.path();
    if (at === null) return null;
    if (at !== path) begin(at);
    const wrong = whatIsWrong();
    if (wrong === null) raiseMark();
    return wrong;
  };
}

/** Null: it is no file of SQLite's any more. */
function markIn(fd: number, disk: Disk): number | null {
  const head = new Uint8Array(HEAD);
  if (disk.readSync(fd, head, 0, HEAD, 0) < HEAD) return null;
  return new DataView(head.buffer).getInt32(MARK_AT);
}
