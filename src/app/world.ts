import type { Clock } from '../core/ports/clock.ts';
import type { FilterDisk } from '../config/filters/load.ts';
import type { LookDisk } from '../config/reload/look.ts';
import type { Env } from '../config/schema.ts';
import type { LogFiles } from '../core/ports/events/log-files.ts';
import type { Disk as ExamDisk } from '../integrations/plugin.ts';

/** What of `node:fs` is used; each throws when there is nothing. */
export interface Disk extends FilterDisk, ExamDisk {
  /** `mode`: rights, as `chmod` takes them; undefined where there are none. */
  statSync(path: string): {
    isDirectory(): boolean;
    isFile(): boolean;
    readonly mtimeMs: number;
    readonly mode?: number;
  };
  readonly promises: LookDisk;
  /** Blocks of that many bytes; absent: not known. */
  statfsSync?(path: string): { readonly bsize: number; readonly blocks: number; readonly bavail: number };
}

/** What the program touches outside itself. Only main and cli have the real one. */
export interface World extends Clock {
  readonly env: Env;
  readonly disk: Disk;
  /** What others write, for intakes. */
  readonly files: LogFiles;
  uuid(): string;
  random(): number;
  /** Takes log lines, each with its line break. */
  readonly out: { write(line: string): unknown };
  /** What is no part of a command's result: what keeps it from one. */
  readonly err: { write(line: string): unknown };
  readonly server: string;
  /** As `Deps.process`. */
  readonly process?: string | undefined;
  readonly version: string;
  /** Of Node; absent: not known. */
  readonly node?: string | undefined;
  readonly shutdown: AbortSignal;
}
