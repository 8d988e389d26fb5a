import { released } from './changelog.ts';

/** What a release writes, by path from the root. */
export type Files = Readonly<Record<string, string>>;

/** The files that name the version. */
export const FILES = ['package.json', 'package-lock.json', 'CHANGELOG.md', 'contrib/kubernetes/deployment.yaml'];

export interface Release {
  readonly from: string;
  readonly to: string;
  /** Such as 2026-11-29. */
  readonly date: string;
}

/** These files as the release has them. Throws for one that does not name the version where it should. */
export function releaseFiles(files: Files, { from, to, date }: Release): Files {
  const version = [`"version": "${from}"`, `"version": "${to}"`] as const;
  const image = [`/sentry-monitor:${from}\n`, `/sentry-monitor:${to}\n`] as const;
  return {
    'package.json': replaced(files, 'package.json', version, 1),
    // Ours stands on top, and once more as that of the root package.
    'package-lock.json': replaced(files, 'package-lock.json', version, 2),
    'CHANGELOG.md': released(files['CHANGELOG.md']!, to, date),
    'contrib/kubernetes/deployment.yaml': replaced(files, 'contrib/kubernetes/deployment.yaml', image, 1),
  };
}

/** Its first `times` places. */
function replaced(files: Files, path: string, [old, young]: readonly [string, string], times: number): string {
  const parts = files[path]!.split(old);
  if (parts.length <= times) throw new Error(`${path} does not say ${old.trim()}`);
  return [parts.slice(0, times + 1).join(young), ...parts.slice(times + 1)].join(old);
}
