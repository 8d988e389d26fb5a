import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { waiting } from './release/changelog.ts';
import { FILES, releaseFiles } from './release/files.ts';
import { type Kind, kindOf, KINDS, nextVersion } from './release/version.ts';

/**
 * `npm run release -- [major|minor|patch]` prepares a release: the version in all files that name it, and the section
 * of the changelog with its date. Without a kind, the tags of the changelog decide. Nothing is pushed or published.
 */
const USAGE = `npm run release -- [major | minor | patch] [--dry-run] [--tag] [--date YYYY-MM-DD]

  none of the three  decided by the changelog: [CHANGE] major (minor before 1.0.0), [FEATURE] minor, else patch
  --dry-run          only says what would be done
  --tag              commits and tags too
  --date             of the section in the changelog; default today, UTC
`;
const ROOT = process.cwd();

try {
  process.exitCode = release(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`no release: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

function release(args: readonly string[]): number {
  const { kind: wanted, dryRun, tag, date } = understood(args);
  const files = Object.fromEntries(FILES.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
  const { version: from } = JSON.parse(files['package.json']!) as { readonly version: string };
  const entries = waiting(files['CHANGELOG.md']!);
  const kind = wanted ?? kindOf(entries, from);
  const to = nextVersion(from, kind);
  const made = releaseFiles(files, { from, to, date });
  refuse(
    !dryRun && git('status', '--porcelain') !== '',
    'the tree has changes that are not committed; commit or stash them',
  );
  refuse(git('tag', '--list', `v${to}`) !== '', `the tag v${to} exists already`);
  const steps = [
    ['git', 'commit', '--all', '--message', `release ${to}`],
    ['git', 'tag', '--annotate', `v${to}`, '--message', `release ${to}`],
  ] as const;
  say(`${from} -> ${to} (${kind}), ${date}: ${entries.length} entries of the changelog`);
  for (const path of FILES) say(`${dryRun ? 'would write' : 'wrote'} ${path}`);
  if (!dryRun) for (const [path, text] of Object.entries(made)) writeFileSync(join(ROOT, path), text);
  if (dryRun || !tag) say(`then:\n${steps.map((step) => `  ${step.map(quoted).join(' ')}\n`).join('')}`.trimEnd());
  else for (const [, ...step] of steps) git(...step);
  say(`then: git push --follow-tags, npm run test:all, and as docs/upgrading.md says`);
  return 0;
}

interface Call {
  readonly kind: Kind | undefined;
  readonly dryRun: boolean;
  readonly tag: boolean;
  readonly date: string;
}

function understood(args: readonly string[]): Call {
  const options = {
    'dry-run': { type: 'boolean', default: false },
    tag: { type: 'boolean', default: false },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [kind, ...more] = positionals;
  refuse(more.length > 0 || (kind !== undefined && !isKind(kind)), `${positionals.join(' ')} is no kind\n\n${USAGE}`);
  refuse(!/^\d{4}-\d\d-\d\d$/.test(values.date), `--date ${values.date} is no date such as 2026-11-29`);
  return { kind: kind as Kind | undefined, dryRun: values['dry-run'], tag: values.tag, date: values.date };
}

function isKind(text: string): text is Kind {
  return KINDS.some((kind) => kind === text);
}

function refuse(isWrong: boolean, why: string): void {
  if (isWrong) throw new Error(why);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

function quoted(word: string): string {
  return word.includes(' ') ? `'${word}'` : word;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
