/** A file as it was written, or read back. */
export interface Digest {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** A folder of its own for what is at work, which others do not look into. */
export interface Workshop {
  readonly path: string;
  /** Gives back the path of the new file. */
  write(name: string, text: string): Promise<string>;
  /** With all that is in it. */
  remove(): Promise<void>;
}

/** Where copies are kept. */
export interface BackupPlace {
  /** For people; holds no secret. */
  readonly name: string;
  /** Names of all files there, in no order. */
  names(): Promise<readonly string[]>;
  /** Whole or not at all. Rejects when there is a file of the name: nothing is ever overwritten. */
  put(name: string, file: string): Promise<Digest>;
  /** Into a file that is not there yet. */
  fetch(name: string, file: string): Promise<Digest>;
  /** NOTE: gone is gone. One that is not there is no trouble. */
  remove(name: string): Promise<void>;
  /** Made anew, on this machine. */
  workshop(): Promise<Workshop>;
}
