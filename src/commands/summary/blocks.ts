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

/** Cells of a row: how many there were, how many there are, and the change; `-`: not known. */
export function fromTo(before: number | undefined, now: number | undefined): readonly [string, string, string] {
  const difference = (now ?? 0) - (before ?? 0);
  const change = difference === 0 ? '' : `${difference > 0 ? '+' : ''}${difference}`;
  return [String(before ?? '-'), String(now ?? '-'), change];
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
