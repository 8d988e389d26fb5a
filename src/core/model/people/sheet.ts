/** A calendar day without a zone: `2026-02-28`. */
export type LocalDay = string;

/** How days are written in a sheet's cells, which nobody can tell from the cells themselves. */
export const DATE_FORMS = ['y-m-d', 'd.m.y', 'd/m/y', 'm/d/y'] as const;
export type DateForm = (typeof DATE_FORMS)[number];

/** A row in which something is written. */
export interface SheetRow {
  /** As people count the rows of their sheet: the header is row 1. */
  readonly row: number;
  /** By column, as it stands in `Sheet.columns`; text without spaces around it, and none that is empty. */
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * A table that people keep, as plain text: numbers, dates and phone numbers are what stands in the cells, and formulas
 * their last result. A date of a workbook is written as `2026-02-28`.
 */
export interface Sheet {
  /** Headers in lower case, one space between words; columns without a header are left out. No two are the same. */
  readonly columns: readonly string[];
  /** In the sheet's order; empty rows are left out, which shows in `row`. */
  readonly rows: readonly SheetRow[];
  readonly dates: DateForm;
}
