import { cutText } from '../../../platform/cut-text.ts';

/** Valid Unicode without control characters, cut to what the service takes; the cut is shown. */
export function value(text: string): string {
  // One above 4,096 characters loses the whole event, without a word.
  return cutText(text.toWellFormed().replace(/\p{Cc}+/gu, ' '));
}

/** Attribute names hold letters, digits, `:`, `.` and `_`. */
export function attribute(name: string): string {
  return name.replace(/[^A-Za-z0-9:._]/g, '_');
}
