import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { variables } from '../src/parts.ts';
import { sinks } from '../src/sinks/index.ts';
import { sources } from '../src/sources/index.ts';

const ROOT = path.join(import.meta.dirname, '..');

function filesUnder(folder: string): readonly string[] {
  return fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)).filter((name) => /\.ts$/.test(name)).toSorted();
}

function textOf(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** Relative imports and re-exports, types and lazy ones included, as paths from the root. */
function importsOf(file: string): readonly string[] {
  const found = [...textOf(file).matchAll(/(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|(?:^|\n)import\s+['"](\.[^'"]+)['"]/g)];
  return found.map(([, from, lazy, bare]) => path.normalize(path.join(path.dirname(file), (from ?? lazy ?? bare)!)));
}

const SRC = filesUnder('src');
const GRAPH = new Map(SRC.map((file) => [file, importsOf(file).filter((it) => it.endsWith('.ts'))]));

/** The plug-ins in a folder: its files and folders, the registry and what is no plug-in aside. */
function pluginsIn(folder: string, others: readonly string[] = []): readonly string[] {
  return fs.readdirSync(path.join(ROOT, folder)).map((name) => name.replace(/\.ts$/, '')).filter((name) => name !== 'index' && !others.includes(name)).toSorted();
}

describe('the registries', () => {
  it('of sinks is the folder: debug stands in for all of them', () => assert.deepEqual(Object.keys(sinks).toSorted(), pluginsIn('src/sinks', ['debug'])));

  it('of sources is the folder', () => assert.deepEqual(Object.keys(sources).toSorted(), pluginsIn('src/sources')));

  it('have each plug-in under the name of its file', () => {
    for (const [folder, registry] of [['sinks', sinks], ['sources', sources]] as const) {
      for (const name of Object.keys(registry)) assert.match(textOf(`src/${folder}/index.ts`), new RegExp(`import \\{ ${name} \\} from '\\./${name}(/index)?\\.ts'`));
    }
  });
});

describe('tests', () => {
  for (const [folder, contract] of [['sinks', 'sinkContract'], ['sources', 'sourceContract'], ['ledger', 'claimsContract'], ['observers', null]] as const) {
    for (const name of pluginsIn(`src/${folder}`, folder === 'sinks' ? ['debug'] : [])) {
      it(`exist for ${folder}/${name}${contract === null ? '' : ', with the contract of its kind'}`, () => {
        const text = textOf(`test/${folder}/${name}.test.ts`);
        if (contract !== null) assert.ok(text.includes(`${contract}({`), `call ${contract} in test/${folder}/${name}.test.ts`);
      });
    }
  }
});

describe('.env.example', () => {
  it('has every variable that the program reads, and no other', () => {
    const names = [...textOf('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
    assert.deepEqual(names.toSorted(), variables.map(({ env }) => env).toSorted());
  });
});

describe('the source files', () => {
  it('have at most 250 lines', () => {
    assert.deepEqual(SRC.filter((file) => textOf(file).trimEnd().split('\n').length > 250), []);
  });

  it('are found by their imports: the graph is not empty', () => {
    assert.ok(GRAPH.get('src/parts.ts')!.includes('src/sinks/index.ts') && GRAPH.get('src/core/run.ts')!.includes('src/core/types.ts'));
    for (const imports of GRAPH.values()) for (const file of imports) assert.ok(GRAPH.has(file), file);
  });

  it('import no package that package.json does not name: what an old node_modules holds hides it', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as { readonly dependencies: Readonly<Record<string, string>> };
    const packages = SRC.flatMap((file) => [...textOf(file).matchAll(/^(?:import|export) (?:[^'"`;]* from )?'([^'.][^']*)';|import\('([^'.][^']*)'\)/gm)].map(([, fixed, lazy]) => (fixed ?? lazy)!))
      .filter((name) => !name.startsWith('node:')).map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'));
    assert.ok(packages.includes('express') && packages.includes('prom-client'), 'they are found, also lazy ones');
    assert.deepEqual([...new Set(packages)].filter((name) => !Object.hasOwn(dependencies, name)), []);
  });

  it('import each other without a cycle, types included', () => {
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) assert.fail([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      if (done.has(file)) return;
      for (const next of GRAPH.get(file)!) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of SRC) visit(file, []);
  });

  it('of the core import only the core; its types import nothing', () => {
    for (const [file, imports] of GRAPH) if (file.startsWith('src/core/')) assert.deepEqual(imports.filter((it) => !it.startsWith('src/core/')), [], file);
    assert.deepEqual(GRAPH.get('src/core/types.ts'), []);
  });

  it('of generators import each other and the types of the core', () => {
    const own = SRC.filter((file) => file.startsWith('src/generate/'));
    assert.ok(own.length > 5);
    for (const file of own) assert.deepEqual(GRAPH.get(file)!.filter((it) => !own.includes(it) && it !== 'src/core/types.ts'), [], file);
  });

  it('of plug-ins import no other plug-in, and none of the parts above them', () => {
    const allowed = /^src\/(core\/|plugin\.ts$|http(-\w+)?\.ts$|mask\.ts$|settings-formats\.ts$)/;
    for (const kind of ['sinks', 'sources', 'ledger', 'observers']) {
      for (const name of pluginsIn(`src/${kind}`)) {
        const own = (file: string): boolean => file === `src/${kind}/${name}.ts` || file.startsWith(`src/${kind}/${name}/`);
        for (const [file, imports] of GRAPH) if (own(file)) assert.deepEqual(imports.filter((it) => !own(it) && !allowed.test(it)), [], file);
      }
    }
  });

  it('and the sandbox share nothing: only commands import it, and it imports nothing of ours', () => {
    const isSandbox = (file: string): boolean => file.startsWith('src/sandbox/');
    for (const [file, imports] of GRAPH) {
      if (isSandbox(file)) assert.deepEqual(imports.filter((it) => !isSandbox(it)), [], file);
      else if (!file.startsWith('src/commands/')) assert.deepEqual(imports.filter(isSandbox), [], file);
    }
  });
});
