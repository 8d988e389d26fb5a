const UNRELEASED = '## Unreleased\n';

/** The lines `- [TAG] …` that wait for a release; throws when there is no section of them. */
export function waiting(changelog: string): readonly string[] {
  return section(changelog)
    .split('\n')
    .filter((line) => /^- \[[A-Z]+\] /.test(line));
}

/** What waited is released as `version` on `date`; an empty section waits for what comes. */
export function released(changelog: string, version: string, date: string): string {
  if (waiting(changelog).length === 0) throw new Error('CHANGELOG.md has nothing under "## Unreleased"');
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n## ${version} (${date})\n`);
}

function section(changelog: string): string {
  const [, rest] = changelog.split(UNRELEASED);
  if (rest === undefined) throw new Error('CHANGELOG.md has no section "## Unreleased"');
  return rest.split(/^## /m)[0]!;
}
