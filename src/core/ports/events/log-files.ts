/** What is known of an open file. */
export interface FileFacts {
  /** Of the disk and of the file on it: another file may have both once this one is deleted. */
  readonly device: string;
  readonly inode: string;
  /** Bytes. */
  readonly size: number;
  /** When it was written last, by the disk's clock, epoch ms. */
  readonly modifiedAt: number;
}

export interface LogFile {
  facts(): Promise<FileFacts>;
  /** Reads from that byte on. Gives back how many bytes came; 0: there are no more. */
  read(buffer: Uint8Array, at: number): Promise<number>;
  close(): Promise<void>;
}

/** Files of this machine that others write. What rejects has the system's `code`. */
export interface LogFiles {
  /** What is in a folder, without its path. */
  names(folder: string): Promise<readonly string[]>;
  /** Opens a file to be read; links, folders, pipes and devices reject, and so does all under /proc, /sys and /dev. */
  open(path: string): Promise<LogFile>;
  /** Writes at the end of a file that is there, in one piece. Rejects as `open`. */
  append(path: string, text: string): Promise<void>;
}
