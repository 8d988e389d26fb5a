import { onOneLine } from '../words.ts';

/** A text in Markdown that means only itself; no HTML either. */
export function markdown(text: string): string {
  return onOneLine(text)
    .replaceAll(/[\\`*_[\]#!|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A link in Markdown. `address` is http or https, as the filters file demands. */
export function markdownLink(words: string, address: string): string {
  const href = new URL(address).href.replaceAll(
    /[()<>\s\\]/g,
    (part) => `%${part.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `[${markdown(words)}](${href})`;
}
