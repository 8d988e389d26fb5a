import { shortText } from '../../../core/alerts/words/clean-text.ts';
import { mostThatFit } from '../../../core/alerts/words/most-that-fit.ts';
import type { Digest, DigestFilter, DigestIssue, DigestIssues } from '../../../core/model/alerting/digest.ts';

/** What a body has of a digest. */
export interface FittedDigest {
  readonly digest: Digest;
  readonly lines: readonly string[];
  /** Filters that are not in it, from the end of the list. */
  readonly filtersLeftOut: number;
}

/** So many issues of a list, and so many of the lines, are tried one after the other. */
const STEPS = [
  [10, Infinity],
  [5, 500],
  [2, 200],
  [0, 50],
] as const;

/** As much of a digest as there is room for: first with fewer issues a list, then without the last filters. */
export function fitDigest(
  { digest, lines }: Pick<FittedDigest, 'digest' | 'lines'>,
  plain: (text: string) => string,
  fits: (fitted: FittedDigest) => boolean,
): FittedDigest {
  let last: FittedDigest | undefined;
  for (const [issues, most] of STEPS) {
    const filters = digest.filters.map((filter) => withIssues(filter, issues, plain));
    last = { digest: { ...digest, filters }, lines: someLines(lines, most), filtersLeftOut: 0 };
    if (fits(last)) return last;
  }
  return withoutFilters(last!, fits);
}

function withoutFilters(whole: FittedDigest, fits: (fitted: FittedDigest) => boolean): FittedDigest {
  const { filters } = whole.digest;
  const of = (count: number): FittedDigest => ({
    ...whole,
    digest: { ...whole.digest, filters: filters.slice(0, count) },
    filtersLeftOut: filters.length - count,
  });
  return of(mostThatFit(filters.length, (count) => fits(of(count))) ?? 0);
}

function someLines(lines: readonly string[], most: number): readonly string[] {
  const rest = lines.length - most;
  return rest > 0 ? [...lines.slice(0, most), `and ${rest} more lines`] : lines;
}

/** Code points of a title. */
const TITLE = 1_000;

function withIssues(filter: DigestFilter, most: number, plain: (text: string) => string): DigestFilter {
  const some = (issues: readonly DigestIssue[]): readonly DigestIssue[] =>
    issues
      .slice(0, most)
      .map((issue) => ({ ...issue, title: issue.title === null ? null : shortText(plain(issue.title), TITLE) }));
  const of = ({ count, first }: DigestIssues): DigestIssues => ({ count, first: some(first) });
  return {
    ...filter,
    biggest: some(filter.biggest),
    new: of(filter.new),
    regressed: of(filter.regressed),
    archived: of(filter.archived),
  };
}
