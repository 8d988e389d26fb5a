/** A pattern that an operator wrote. Matching takes time in proportion to the text, whatever the pattern is. */
export interface Pattern {
  readonly source: string;
  /** Of its named groups. */
  readonly names: readonly string[];
  test(text: string): boolean;
  /** The named groups of the first match, those that matched nothing left out; null: it does not match. */
  groups(text: string): Readonly<Record<string, string>> | null;
  /** What the first match is; null: it does not match. */
  match(text: string): string | null;
}
