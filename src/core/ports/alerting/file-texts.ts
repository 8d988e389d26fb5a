/** A text of a filters file that had no fault. */
export interface FileText {
  /** As FILTERS leads to it. */
  readonly path: string;
  readonly text: string;
  /** When it was in force first, epoch ms. */
  readonly since: number;
}

/** The last good texts of filters files, shared by all servers: a start may find a file with a fault. */
export interface FileTexts {
  all(): Promise<readonly FileText[]>;
  /** Each takes the place of an older one of its path; the same text once more changes nothing. */
  keep(texts: readonly FileText[]): Promise<void>;
}
