import type { Filter } from '../../../core/model/filter.ts';

/** A text in NRQL, with its quotes. */
export function nrqlText(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

/** Of one condition: any of these filters. Their names need no escape, but who knows what a name will be. */
export function oneOfFilters(filters: readonly Filter[]): string {
  const names = filters.map(({ name }) => nrqlText(name));
  return names.length === 1 ? `\`filter\` = ${names[0]!}` : `\`filter\` IN (${names.join(', ')})`;
}

/** A text in HCL, with its quotes: no interpolation, no directive. */
export function hclText(text: string): string {
  const escaped = text
    .toWellFormed()
    .replaceAll(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[$%](?=\{)/g, '$&$&');
  return `"${escaped}"`;
}

/** Lines of a comment in HCL and YAML; a line break in a text cannot end it. */
export function comment(lines: readonly string[]): string {
  return lines.map((line) => `${`# ${onOneLine(line)}`.trimEnd()}\n`).join('');
}

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

function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
