import type { Pattern } from '../pattern.ts';

/** What patterns found of who was affected, and where. */
export interface Found {
  readonly user: string | null;
  readonly environment: string | null;
  readonly release: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Named groups of the patterns, over the record and the lines before it: what stands nearest to the record counts.
 * `user`, `environment` and `release` are what they say, all others are tags.
 */
export function enrich(patterns: readonly Pattern[], text: string, context: readonly string[]): Found {
  const found: Record<string, string> = {};
  for (const pattern of patterns) {
    for (const line of [text, ...context.toReversed()]) {
      const groups = pattern.groups(line);
      if (groups === null) continue;
      for (const [name, value] of Object.entries(groups)) if (value !== '') found[name] ??= value;
      break;
    }
  }
  const { user = null, environment = null, release = null, ...tags } = found;
  return { user, environment, release, tags };
}
