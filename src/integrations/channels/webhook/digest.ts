import type { Digest, DigestFilter, DigestIssues } from '../../../core/model/alerting/digest.ts';
import type { JsonObject } from '../../../core/model/item.ts';

/** A digest as far as there is room for it, and what there was none for; absent: all of it is there. */
export interface DigestPart {
  readonly digest: JsonObject;
  readonly leftOut?: { readonly issues: number; readonly filters: number };
}

/** Issues of each list that are tried, one after the other. */
const ISSUES = [10, 5, 3, 1, 0];

/** `room`: UTF-8 bytes of its JSON. Issues are left out first, from the end of each list; then filters. */
export function digestPart(digest: Digest, room: number): DigestPart {
  for (const most of ISSUES) {
    const part = partOf(digest, digest.filters.length, most);
    if (bytesOf(part) <= room) return part;
  }
  let [good, bad] = [0, digest.filters.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (bytesOf(partOf(digest, middle, 0)) <= room) good = middle;
    else bad = middle;
  }
  return partOf(digest, good, 0);
}

function partOf(digest: Digest, filters: number, most: number): DigestPart {
  const kept = digest.filters.slice(0, filters).map((it) => shorter(it, most));
  const issues = sumOf(digest.filters) - sumOf(kept);
  const whole = { ...digest, filters: kept } as unknown as JsonObject;
  const left = { issues, filters: digest.filters.length - filters };
  return left.issues + left.filters === 0 ? { digest: whole } : { digest: whole, leftOut: left };
}

function shorter(filter: DigestFilter, most: number): DigestFilter {
  const cut = ({ count, first }: DigestIssues): DigestIssues => ({ count, first: first.slice(0, most) });
  return {
    ...filter,
    biggest: filter.biggest.slice(0, most),
    new: cut(filter.new),
    regressed: cut(filter.regressed),
    archived: cut(filter.archived),
  };
}

function sumOf(filters: readonly DigestFilter[]): number {
  return filters.reduce((sum, it) => sum + listsOf(it).reduce((all, list) => all + list.length, 0), 0);
}

function listsOf({ biggest, new: fresh, regressed, archived }: DigestFilter): readonly (readonly unknown[])[] {
  return [biggest, fresh.first, regressed.first, archived.first];
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
