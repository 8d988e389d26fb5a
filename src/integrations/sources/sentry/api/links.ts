import { BlockList, isIP } from 'node:net';

/**
 * The cursor of the next page from a `Link` header, or null at the end. Only the cursor is taken: the URL in the
 * header may name another host or scheme.
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

/** GlitchTip names no cursor where there is no page to lead to; Sentry always names one. */
export function isGlitchTipLink(header: string | undefined): boolean {
  return [...entriesOf(header)].some((values) => values.get('results') === 'false' && !values.has('cursor'));
}

/** GlitchTip writes its cursors as they stand in a URL; no cursor has a percent sign of its own. */
function plainCursor(cursor: string | undefined): string | null {
  if (cursor === undefined || !/%[0-9a-f]{2}/i.test(cursor)) return cursor ?? null;
  try {
    return decodeURIComponent(cursor);
  } catch {
    return cursor;
  }
}

/**
 * Address of Sentry's pages for people: sentry.io for its regions, else the server itself. A tenant of its own
 * (`acme.my.sentry.io`) is such a server.
 */
export function webBase(apiUrl: string): string {
  const isTenant = new URL(apiUrl).hostname.endsWith('.my.sentry.io');
  return isHosted(apiUrl) && !isTenant ? 'https://sentry.io' : apiUrl.replace(/\/api\/0$/, '');
}

/** Whether it is Sentry's own service: what else an address leads to shows only when it answers. */
export function isHosted(apiUrl: string): boolean {
  const { hostname } = new URL(apiUrl);
  return hostname === 'sentry.io' || hostname.endsWith('.sentry.io');
}

/** Where people reach Sentry. */
export interface PublicAddress {
  /** Base of its pages. */
  readonly web: string;
  /** Whether a link that Sentry gave itself leads people there; else one of ours does. */
  takes(permalink: string): boolean;
}

/**
 * A server that does not know its public address writes links to the one that it sees itself: those are not taken when
 * we know a better one. `publicUrl`: as the operator gave it; undefined: the address of the API serves.
 */
export function publicAddress(apiUrl: string, publicUrl: string | undefined): PublicAddress {
  const web = publicUrl ?? webBase(apiUrl);
  const isBetter = publicUrl !== undefined || !isPrivate(web);
  return { web, takes: (link) => URL.canParse(link) && !(isBetter && isPrivate(link)) };
}

/** Addresses that are reached only from within (RFC 1918, 3927, 4193, 4291, 6598). */
const INTERNAL = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  INTERNAL.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  INTERNAL.addSubnet(net, bits, 'ipv6');

/** Whether a URL leads to an internal address, or to a name that only machines within know. */
function isPrivate(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, '');
  const version = isIP(host);
  if (version !== 0) return INTERNAL.check(host, version === 4 ? 'ipv4' : 'ipv6');
  return !host.includes('.') || /\.(local|localhost|localdomain|internal|intranet|lan|home\.arpa)$/.test(host);
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
 * The same search as a page for a person. The issues page refuses OR, Discover takes it; its address is
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
 * ignore them, others take them for the issue's birth.
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
