import type { Filter } from '../model/filter.ts';

/** What is wrong with the newest text of a filters file; what to do, and what counts meanwhile. */
export interface FileFault {
  /** `config/filters/crm.yaml:12`; without the line when it is about the file as a whole. */
  readonly where: string;
  readonly text: string;
  /** An older text is in force, read at this instant, epoch ms; absent: the file's filters are left out. */
  readonly since?: number | undefined;
}

/** The filters that count at this moment, and what of their files does not. */
export interface FiltersInForce {
  readonly filters: readonly Filter[];
  readonly faults: readonly FileFault[];
  /** When they were last read with no file rejected, epoch ms: a file that is newer is not in force for sure. */
  readonly loadedAt: number;
  /** Files whose filters are in force. */
  readonly files: number;
  /** Files whose newest text is not. */
  readonly rejected: number;
  /** Of the texts in force, and of the path they are read from: the same where they are the same. Tell nothing else. */
  readonly print: string;
  readonly place: string;
}
