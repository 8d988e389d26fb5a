/** What people are shown, before it is text for a terminal or Markdown. */
export type Block =
  | { readonly heading: string }
  | { readonly words: string }
  | { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] }
  | { readonly issues: readonly IssueLine[] };

export interface Column {
  /** '': none. */
  readonly head: string;
  /** Characters on a terminal, the blanks behind it included. */
  readonly least: number;
  readonly isNumber?: boolean;
}

export interface IssueLine {
  readonly events: number;
  readonly state: string;
  readonly title: string;
  readonly url: string | null;
  readonly remark?: string | undefined;
}

/** Titles and names of others are hostile: control and direction characters would garble a terminal, or a table. */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}
