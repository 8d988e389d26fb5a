import { FUNCTIONS, start } from './functions.js';

/**
 * The script of all pages, as text. It is made of functions of this program that never run here: each is what it says
 * by itself, and is given all that it needs.
 * NOTE: one of them that used a name of its file, or an import, would work in no browser.
 */
export const SCRIPT = `'use strict';\n(${textOf(start)})({\n${Object.entries(FUNCTIONS)
  .map(([name, it]) => `${name}: ${textOf(it)}`)
  .join(',\n')}\n});\n`;

/** Without the blanks that stand where types were, and the indentation. */
function textOf(it: (...given: never[]) => unknown): string {
  return String(it)
    .replace(/[ \t]+$/gm, '')
    .replace(/^[ \t]+/gm, '');
}
