import type { Filter } from '../../../../core/model/filter.ts';

/** A text in NRQL, with its quotes. */
export function nrqlText(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

/** The condition that it is any of these filters. A name needs no escape today; it is escaped all the same. */
export function isOneOf(filters: readonly Filter[]): string {
  const names = filters.map(({ name }) => nrqlText(name));
  return names.length === 1 ? `\`filter\` = ${names[0]!}` : `\`filter\` IN (${names.join(', ')})`;
}
