import { BODY_ROWS, STATUS_ROWS } from './answers.ts';
import { GAP_ROWS } from './gaps.ts';
import { PAGE_ROWS } from './page-rows.ts';
import type { Row } from './row.ts';

/** The page of the documentation that has a row for each reason; the server shows those rows at the same path. */
export const REASONS_PAGE = 'docs/faults.md';

/** Every reason that an answer or a page may give, by its anchor: closed, as the reasons themselves are. */
export const ROWS = { ...STATUS_ROWS, ...BODY_ROWS, ...GAP_ROWS, ...PAGE_ROWS };
export type Anchor = keyof typeof ROWS;

/** As the documentation has them: a heading, what the first column is, and the rows. */
export const TABLES: readonly (readonly [heading: string, seen: string, Readonly<Record<string, Row>>])[] = [
  ['First aid', '`POST /run` answered', STATUS_ROWS],
  ['What the body says', 'It says', BODY_ROWS],
  ['Gaps', 'Reason', GAP_ROWS],
  ['What the page says', 'It says', PAGE_ROWS],
];

/** Where a reason is explained: the page's path in this program's files, and the row's anchor in it. */
export function see(anchor: Anchor): string {
  return `${REASONS_PAGE}#${anchor}`;
}
