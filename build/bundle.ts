import { basename, dirname, join, relative, resolve } from 'node:path';
import { rolldown, type OutputChunk, type RolldownOutput } from 'rolldown';
import { httpOnly } from './axios.ts';
import { builtins } from './builtins.ts';
import { namedFiles } from './files.ts';
import { required } from './required.ts';

/** What a bundle was made of. */
export interface Bundled {
  /** Absolute paths, packages' files included. */
  readonly inputs: readonly string[];
  readonly chunks: readonly { readonly file: string; readonly bytes: number; readonly isLazy: boolean }[];
}

/** Packages that are looked for when the program runs: PostgreSQL's binding in C, which is never wanted. */
const EXTERNAL = ['pg-native'];

/** What is started by its name: the programs, which send, and the thread that they start. */
const PROGRAMS = ['main', 'cli'] as const;
const THREADS = ['storage/database/sqlite/thread', 'storage/ledger/backup/sqlite/copy-thread'] as const;
export const ENTRIES = [...PROGRAMS, ...THREADS];

/** `src/<entry>.ts` and all that it needs as `<out>/<name>.js`; what it loads later lies beside it, in other files. */
export async function bundle(root: string, entry: (typeof ENTRIES)[number], out: string): Promise<Bundled> {
  const name = basename(entry);
  const isThread = THREADS.some((it) => it === entry);
  const entries = ENTRIES.map((it) => join(root, 'src', `${it}.ts`));
  // Wherever it is written to: a trace names a file as the repository does.
  const fromRoot = (source: string, map: string): string => join('..', relative(root, resolve(dirname(map), source)));
  const build = await rolldown({
    cwd: root,
    input: join(root, 'src', `${entry}.ts`),
    platform: 'node',
    external: EXTERNAL,
    plugins: [...(isThread ? [] : [httpOnly()]), builtins(), required(root), namedFiles(root, entries)],
    onLog: (_level, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.write({
    dir: out,
    format: 'esm',
    sourcemap: true,
    sourcemapExcludeSources: true,
    sourcemapPathTransform: fromRoot,
    comments: { legal: true, annotation: false, jsdoc: false },
    entryFileNames: '[name].js',
    chunkFileNames: `${name}-[name]-[hash].js`,
    codeSplitting: { groups: [{ name: 'node', test: /^\0/ }] },
    // Names of functions stay: a trace of a crash shows them.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  return bundledFrom(output);
}

/** Files that were copied beside it are part of it, too. */
function bundledFrom(output: RolldownOutput['output']): Bundled {
  const copied = output.flatMap((it) => (it.type === 'asset' ? it.originalFileNames : []));
  const chunks = output.filter((it): it is OutputChunk => it.type === 'chunk');
  const inputs = new Set([...chunks.flatMap(({ moduleIds }) => moduleIds), ...copied]);
  return {
    inputs: [...inputs].filter((id) => id.startsWith('/')),
    chunks: chunks.map(({ fileName, code, isEntry }) => ({
      file: fileName,
      bytes: Buffer.byteLength(code),
      isLazy: !isEntry,
    })),
  };
}
