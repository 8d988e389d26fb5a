import { cleanText, shortText } from '../../alerts/words/clean-text.ts';
import type { IssueContent } from '../../model/ticketing/content.ts';

/** Code points. */
const MOST = 250;

/**
 * The title of a ticket, on one line: the last line of the traceback where it has more than one word, else with the
 * line before it; without a traceback the issue's title.
 */
export function summaryOf({ title, text }: Pick<IssueContent, 'title' | 'text'>): string {
  const lines = (text ?? '').split(/\r?\n/).flatMap((line) => cleanText(line).trim() || []);
  const [before = '', last = ''] = lines.slice(-2).length === 2 ? lines.slice(-2) : ['', ...lines];
  const said = last.includes(' ') || before === '' ? last : `${before} ${last}`;
  return shortText(said || cleanText(title).trim() || '(without a title)', MOST);
}
