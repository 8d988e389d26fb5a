import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A licence, and what its holder wants to be kept with it, of either case. */
const TEXT = /^(licen[cs]e|copying|notice)/i;

/**
 * The notices of every package that some of these files belong to, and of each folder of ours that has its own, as one
 * text; throws for a package that has none.
 */
export function licensesOf(inputs: readonly string[]): string {
  const packages = inputs.flatMap((file) => packageOf(file) ?? []);
  const borrowed = inputs.filter((file) => packageOf(file) === undefined).map((file) => dirname(file));
  const notices = [
    ...[...new Set(packages)].toSorted().map(noticeOf),
    ...[...new Set(borrowed)].toSorted().flatMap((folder) => (folder.includes('/src/') ? textsIn(folder) : [])),
  ];
  return notices.join(`\n\n${'-'.repeat(80)}\n\n`);
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<
    Record<string, string>
  >;
  const texts = textsIn(folder);
  // A package without a file of it names its licence, and that is all there is to keep.
  if (texts.length === 0 && license === undefined) throw new Error(`${folder} says nothing of a licence`);
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/** `…/node_modules/name` or `…/node_modules/@scope/name`, the innermost; undefined: a file of ours. */
function packageOf(file: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isFile() && TEXT.test(it.name))
    .map((it) => readFileSync(join(folder, it.name), 'utf8').trim());
}
