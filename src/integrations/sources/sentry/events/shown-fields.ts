import { isField } from '../search/fields.ts';

/** What a list of events says of one beside its tags. */
export interface Shown {
  readonly title: string;
  readonly culprit?: Text;
  readonly message?: Text;
  readonly platform?: Text;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  readonly user?: { readonly id?: Text; readonly username?: Text; readonly email?: Text } | null | undefined;
}

type Text = string | null | undefined;

/** Columns that are tags in lists too. */
const TAGS: ReadonlySet<string> = new Set([
  'release',
  'environment',
  'level',
  'user',
  'transaction',
  'platform',
  'dist',
]);

const FIELDS: ReadonlyMap<string, (event: Shown) => unknown> = new Map([
  ['title', ({ title }) => title],
  ['culprit', ({ culprit }) => culprit],
  ['message', ({ message }) => message],
  ['platform.name', ({ platform }) => platform],
  // Lists tell of one exception only, the one that the title is made of.
  ['error.type', ({ metadata }) => metadata?.['type']],
  ['error.value', ({ metadata }) => metadata?.['value']],
  ['user.id', ({ user }) => user?.id],
  ['user.username', ({ user }) => user?.username],
  ['user.email', ({ user }) => user?.email],
]);

/** The value of a field of events; undefined: this is the name of a tag, or lists do not show it. */
export function fieldOf(event: Shown, name: string): string | undefined {
  const value = FIELDS.get(name)?.(event);
  return typeof value === 'string' ? value : undefined;
}

/** Those of a filter's `tags` that name fields of events which lists do not show. */
export function notShown(tags: readonly string[]): readonly string[] {
  return tags.filter((tag) => isField(tag) && !TAGS.has(tag) && !FIELDS.has(tag));
}
