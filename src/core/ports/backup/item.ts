/** What is known of something, by name, so that a copy of it can be compared: numbers, and sums over contents. */
export type Facts = Readonly<Record<string, number | string>>;

/** What a copy was found to have. */
export interface Proof {
  readonly facts: Facts;
  /** What was compared, for people. */
  readonly said: string;
}

/** A copy, just made. */
export interface Copy {
  /** Its path. */
  readonly file: string;
  /** How its name ends, which says how it is restored: `sqlite.gz`. */
  readonly ending: string;
  /** Restores a file that was fetched back into the folder, and compares. Rejects with what is not as it was. */
  prove(file: string, folder: string): Promise<Proof>;
}

/** One thing of which backups are made. */
export interface BackupItem {
  /** Lower-case letters: names of files have it. */
  readonly name: string;
  /** Makes a copy in the folder, which has nothing of the name yet. */
  copy(folder: string): Promise<Copy>;
}
