import { plain } from '../html.ts';

/** A title that shows nothing is none. */
export function titleOf(title: string | null | undefined, issueId: string): string {
  return title != null && plain(title).trim() !== '' ? title : issueId;
}
