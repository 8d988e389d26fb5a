import fs from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../../..');

function filesUnder(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.ts$/.test(name))
    .toSorted();
}

export function textOf(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** Relative imports and re-exports, types and lazy ones included, as paths from the root. */
export function importsOf(file: string): readonly string[] {
  const found = [
    ...textOf(file).matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|(?:^|\n)import\s+['"](\.[^'"]+)['"]/g,
    ),
  ];
  return found.map(([, from, lazy, bare]) => path.normalize(path.join(path.dirname(file), (from ?? lazy ?? bare)!)));
}

export const SRC = [...filesUnder('src'), ...filesUnder('sandbox')];
export const GRAPH = new Map(SRC.map((file) => [file, importsOf(file).filter((it) => it.endsWith('.ts'))]));

/** The plug-ins in a folder: its files and folders, the registry and what is no plug-in aside. */
export function pluginsIn(folder: string, others: readonly string[] = []): readonly string[] {
  const names = fs.readdirSync(path.join(ROOT, folder)).map((name) => name.replace(/\.ts$/, ''));
  return names.filter((name) => name !== 'index' && !others.includes(name)).toSorted();
}

/** Folders of plug-ins, the contract suite of their kind, and what else lies there. */
export const KINDS = [
  ['integrations/sinks', 'sinkContract', ['debug']],
  ['integrations/sources', 'sourceContract', []],
  ['integrations/channels', 'channelContract', []],
  ['integrations/observers', null, []],
  ['storage', 'claimsContract', ['alerts', 'database', 'fallback', 'late']],
] as const;

export const TESTS = filesUnder('test').filter((file) => !file.startsWith('test/fixtures/'));
