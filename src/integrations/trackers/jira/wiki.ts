import type { TextPart, TicketText, Word } from '../../../core/ports/tickets/tracker.ts';
import { linkOf, plainCode } from './plain.ts';

/** A text as Jira's Data Center takes it: wiki markup, in which nothing of others is markup. */
export function wikiOf(text: TicketText): string {
  return text.map(partOf).join('\n\n');
}

function partOf(part: TextPart): string {
  switch (part.kind) {
    case 'line':
      return lineOf(part.words);
    case 'code':
      // NOTE: what closes the block may stand in a traceback; a letter that nobody sees makes it another word.
      return `{noformat}\n${plainCode(part.text).replace(/\{(?=\s*noformat)/gi, '{\u200B')}\n{noformat}`;
    case 'list':
      return part.items.map((words) => `* ${lineOf(words)}`).join('\n');
  }
}

/** Some words are markup only where a line begins. */
function lineOf(words: readonly Word[]): string {
  return words
    .map(wordOf)
    .join('')
    .replace(/^(h[1-6]|bq)\./i, '$1&#46;');
}

function wordOf({ text, url }: Word): string {
  const href = linkOf(url);
  return href === undefined ? escaped(text) : `[${escaped(text)}|${href.replace(/[|\]\\]/g, encodeURIComponent)}]`;
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/[\\*_\-+^~{}[\]!|#?@()]/g, '\\$&');
}

/** What wiki markup says, nearly plain: what was escaped is as it was. */
export function textInWiki(text: string): string {
  return text
    .replace(/\\([^\s\p{L}\p{N}])/gu, '$1')
    .replaceAll('&#46;', '.')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200B', '');
}
