/**
 * The cursor of the next page from a `Link` header, or null at the end. Only the cursor is taken: the URL in the
 * header may name another host or scheme (SA §7).
 */
export function nextCursor(header: string | undefined): string | null {
  for (const values of entriesOf(header)) {
    if (values.get('rel') === 'next' && values.get('results') === 'true') return plainCursor(values.get('cursor'));
  }
  return null;
}

/** What is said of each page that a `Link` header names. */
function* entriesOf(header: string | undefined): Generator<ReadonlyMap<string, string>> {
  for (const [, attributes = ''] of (header ?? '').matchAll(/<[^>]*>((?:\s*;\s*[\w-]+="[^"]*")*)/g))
    yield new Map([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}

/** GlitchTip names no cursor where there is no page to lead to; Sentry always names one (SA §7, §12.1). */
export function isGlitchTipLink(header: string | undefined): boolean {
  return [...entriesOf(header)].some((values) => values.get('results') === 'false' && !values.has('cursor'));
}

/** GlitchTip writes its cursors as they stand in a URL (SA §12.1); no cursor has a percent sign of its own. */
function plainCursor(cursor: string | undefined): string | null {
  if (cursor === undefined || !/%[0-9a-f]{2}/i.test(cursor)) return cursor ?? null;
  try {
    return decodeURIComponent(cursor);
  } catch {
    return cursor;
  }
}

/** Address of Sentry's pages for people: sentry.io for its regions, else the server itself (SA §11). */
export function webBase(apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  return hostname === 'sentry.io' || hostname.endsWith('.sentry.io')
    ? 'https://sentry.io'
    : apiUrl.replace(/\/api\/0$/, '');
}

export function issueUrl(web: string, org: string, issueId: string): string {
  return `${web}/organizations/${encodeURIComponent(org)}/issues/${encodeURIComponent(issueId)}/`;
}

export interface WebSearch {
  readonly query: string;
  readonly projectIds: readonly string[];
  readonly environments: readonly string[];
  readonly start: string;
  readonly end: string;
}

/**
 * The same search as a page for a person. The issues page refuses OR (SA §9.6), Discover takes it; its address is
 * inferred, no reference documents it.
 */
export function searchUrl(web: string, org: string, search: WebSearch): string {
  const pairs: [string, string][] = [
    ['queryDataset', 'error-events'],
    ...['issue', 'title', 'project', 'count()', 'count_unique(user)'].map((field): [string, string] => [
      'field',
      field,
    ]),
    ['query', search.query],
    ['sort', '-count'],
    ...search.projectIds.map((id): [string, string] => ['project', id]),
    ...search.environments.map((name): [string, string] => ['environment', name]),
    ['start', search.start],
    ['end', search.end],
  ];
  return `${web}/organizations/${encodeURIComponent(org)}/discover/results/?${new URLSearchParams(pairs).toString()}`;
}

/**
 * The issues of these projects, for servers that have no page for a search of events. Without dates: some servers
 * ignore them, others take them for the issue's birth (SA §12.1).
 */
export function listUrl(
  web: string,
  org: string,
  projectIds: readonly string[],
  environments: readonly string[],
): string {
  const pairs: [string, string][] = [
    ...projectIds.map((id): [string, string] => ['project', id]),
    ...environments.map((name): [string, string] => ['environment', name]),
  ];
  return `${web}/organizations/${encodeURIComponent(org)}/issues/?${new URLSearchParams(pairs).toString()}`;
}
