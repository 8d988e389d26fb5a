/** One reason, explained. Texts are Markdown of one line: words, `code`, *what a page says*, and [links](#within). */
export interface Row {
  /** What somebody sees. */
  readonly seen: string;
  readonly means: string;
  /** What to do about it. */
  readonly todo: string;
}

export function row(seen: string, means: string, todo: string): Row {
  return { seen, means, todo };
}
