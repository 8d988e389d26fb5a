import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { mayImport, reasonOf, roomOf, ROOMS } from '../rooms.ts';
import { variables } from '../src/app/assemble.ts';
import { sinks } from '../src/integrations/sinks/index.ts';
import { sources } from '../src/integrations/sources/index.ts';

const ROOT = path.join(import.meta.dirname, '..');

function filesUnder(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.ts$/.test(name))
    .toSorted();
}

function textOf(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** Relative imports and re-exports, types and lazy ones included, as paths from the root. */
function importsOf(file: string): readonly string[] {
  const found = [
    ...textOf(file).matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|(?:^|\n)import\s+['"](\.[^'"]+)['"]/g,
    ),
  ];
  return found.map(([, from, lazy, bare]) => path.normalize(path.join(path.dirname(file), (from ?? lazy ?? bare)!)));
}

const SRC = [...filesUnder('src'), ...filesUnder('sandbox')];
const GRAPH = new Map(SRC.map((file) => [file, importsOf(file).filter((it) => it.endsWith('.ts'))]));

/** The plug-ins in a folder: its files and folders, the registry and what is no plug-in aside. */
function pluginsIn(folder: string, others: readonly string[] = []): readonly string[] {
  const names = fs.readdirSync(path.join(ROOT, folder)).map((name) => name.replace(/\.ts$/, ''));
  return names.filter((name) => name !== 'index' && !others.includes(name)).toSorted();
}

/** Folders of plug-ins, the contract suite of their kind, and what else lies there. */
const KINDS = [
  ['integrations/sinks', 'sinkContract', ['debug']],
  ['integrations/sources', 'sourceContract', []],
  ['integrations/observers', null, []],
  ['storage', 'claimsContract', ['database', 'with-fallback']],
] as const;

describe('the registries', () => {
  it('of sinks is the folder: debug stands in for all of them', () =>
    assert.deepEqual(Object.keys(sinks).toSorted(), pluginsIn('src/integrations/sinks', ['debug'])));

  it('of sources is the folder', () =>
    assert.deepEqual(Object.keys(sources).toSorted(), pluginsIn('src/integrations/sources')));

  it('have each plug-in under the name of its file', () => {
    for (const [folder, registry] of [
      ['sinks', sinks],
      ['sources', sources],
    ] as const) {
      const text = textOf(`src/integrations/${folder}/index.ts`);
      for (const name of Object.keys(registry))
        assert.match(text, new RegExp(`import \\{ ${name} \\} from '\\./${name}(/index)?\\.ts'`));
    }
  });
});

const TESTS = filesUnder('test').filter((file) => !file.startsWith('test/fixtures/'));

/** Every test that was loaded: with one file those of this file, with all of them all. */
function titlesUnder(suite: Mocha.Suite): readonly string[] {
  return [...suite.tests.map((test) => test.fullTitle()), ...suite.suites.flatMap(titlesUnder)];
}

describe('tests', () => {
  it('have titles of their own', function () {
    const seen = Map.groupBy(titlesUnder(this.test!.parent!.parent!), (title) => title);
    assert.deepEqual(
      [...seen].filter(([, same]) => same.length > 1).map(([title]) => title),
      [],
    );
  });

  it('lie where what they test lies', () => {
    const rooms = [...fs.readdirSync(path.join(ROOT, 'src')), 'sandbox'];
    const mirrors = TESTS.filter((file) => rooms.includes(file.split('/')[1]!));
    assert.ok(mirrors.length > 100);
    const homeOf = (file: string): string =>
      path
        .dirname(file)
        .replace(/^test\/(?!sandbox)/, 'src/')
        .replace('test/', '');
    assert.deepEqual(
      mirrors.filter((file) => !fs.existsSync(path.join(ROOT, homeOf(file)))),
      [],
    );
  });

  it('share what lies in the rooms of test/support: setup.ts alone lies in none, and each file is used', () => {
    const support = TESTS.filter((file) => file.startsWith('test/support/'));
    const rooms = Map.groupBy(support, (file) => path.dirname(file));
    assert.deepEqual(rooms.get('test/support'), ['test/support/setup.ts']);
    for (const [room, files] of rooms) assert.ok(files.length <= 16, `${room} has ${files.length} files`);
    const used = new Set(TESTS.flatMap(importsOf));
    // The one is what mocha loads, the other a command.
    const entries = ['test/support/setup.ts', 'test/support/faults/doc.ts'];
    assert.deepEqual(
      support.filter((file) => !used.has(file) && !entries.includes(file)),
      [],
    );
  });

  for (const [folder, contract, others] of KINDS) {
    for (const name of pluginsIn(`src/${folder}`, others)) {
      it(`exist for ${folder}/${name}${contract === null ? '' : ', with the contract of its kind'}`, () => {
        const files = [`test/${folder}/${name}.test.ts`, `test/${folder}/${name}/index.test.ts`];
        const file = files.find((it) => fs.existsSync(path.join(ROOT, it)));
        assert.ok(file !== undefined, `write ${files.join(' or ')}`);
        if (contract !== null) assert.ok(textOf(file).includes(`${contract}({`), `call ${contract} in ${file}`);
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

/** Files directly in each folder below `top`. */
function crowds(top: string): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy(
    SRC.filter((file) => file.startsWith(top)),
    (file) => path.dirname(file),
  );
}

describe('the rooms', () => {
  it('hold every source file but the two ways in', () => {
    const homeless = SRC.filter((file) => roomOf(file) === undefined);
    assert.deepEqual(homeless, ['src/cli.ts', 'src/main.ts']);
  });

  it('are all in use', () => {
    for (const room of Object.keys(ROOMS))
      assert.ok(
        SRC.some((file) => roomOf(file) === room),
        room,
      );
  });

  it('have at most sixteen files in a folder, and src at most ten entries', () => {
    for (const [folder, files] of crowds('src/')) assert.ok(files.length <= 16, `${folder} has ${files.length} files`);
    assert.ok(fs.readdirSync(path.join(ROOT, 'src')).length <= 10);
  });

  it('import what rooms.ts lets them, and nothing else', () => {
    for (const [file, imports] of GRAPH) {
      const room = roomOf(file);
      if (room === undefined) continue;
      const others = imports.filter((it) => roomOf(it) !== room);
      assert.deepEqual(
        others.filter((it) => !mayImport(room, it)),
        [],
        `${file}: ${reasonOf(room)}`,
      );
    }
  });

  it('stand on floors: none imports one that imports it', () => {
    const rooms = Object.keys(ROOMS);
    const floor = (room: string, trail: readonly string[] = []): number => {
      assert.ok(!trail.includes(room), [...trail, room].join(' -> '));
      const below = rooms.filter((other) => other !== room && mayImport(room, `${other}/plugin.ts`));
      return 1 + Math.max(0, ...below.map((other) => floor(other, [...trail, room])));
    };
    assert.ok(rooms.every((room) => floor(room) <= 12));
  });
});

describe('the source files', () => {
  it('have at most 250 lines, those of tests too', () => {
    assert.deepEqual(
      [...SRC, ...TESTS].filter((file) => textOf(file).trimEnd().split('\n').length > 250),
      [],
    );
  });

  it('are found by their imports: the graph is not empty', () => {
    assert.ok(GRAPH.get('src/app/assemble.ts')!.includes('src/integrations/sinks/index.ts'));
    assert.ok(GRAPH.get('src/core/run/run.ts')!.includes('src/core/model/results.ts'));
    for (const imports of GRAPH.values()) for (const file of imports) assert.ok(GRAPH.has(file), file);
  });

  it('import no package that package.json does not name: what an old node_modules holds hides it', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const packages = SRC.flatMap((file) =>
      [
        ...textOf(file).matchAll(/^(?:import|export) (?:[^'"`;]* from )?'([^'.][^']*)';|import\('([^'.][^']*)'\)/gm),
      ].map(([, fixed, lazy]) => (fixed ?? lazy)!),
    )
      .filter((name) => !name.startsWith('node:'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    assert.ok(packages.includes('express') && packages.includes('prom-client'), 'they are found, also lazy ones');
    assert.deepEqual(
      [...new Set(packages)].filter((name) => !Object.hasOwn(dependencies, name)),
      [],
    );
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

  it('of the glossary import nothing', () => {
    assert.deepEqual(GRAPH.get('src/core/model/filter.ts'), []);
  });

  it('of generators import each other and the types of the core', () => {
    const own = SRC.filter((file) => file.startsWith('src/commands/generate/text/'));
    assert.ok(own.length > 5);
    for (const file of own) {
      assert.deepEqual(
        GRAPH.get(file)!.filter((it) => !own.includes(it) && !it.startsWith('src/core/model/')),
        [],
        file,
      );
    }
  });

  it('of plug-ins import no other plug-in', () => {
    const shared = /^src\/(core|platform|config)\/|^src\/integrations\/plugin\.ts$|^src\/storage\/database\//;
    for (const [kind, , others] of KINDS) {
      for (const name of pluginsIn(`src/${kind}`, others)) {
        const own = (file: string): boolean =>
          file === `src/${kind}/${name}.ts` || file.startsWith(`src/${kind}/${name}/`);
        for (const [file, imports] of GRAPH) {
          if (own(file))
            assert.deepEqual(
              imports.filter((it) => !own(it) && !shared.test(it)),
              [],
              file,
            );
        }
      }
    }
  });

  it('and the sandbox share nothing: only commands import it, and it imports nothing of ours', () => {
    const isSandbox = (file: string): boolean => file.startsWith('sandbox/');
    for (const [file, imports] of GRAPH) {
      if (isSandbox(file))
        assert.deepEqual(
          imports.filter((it) => !isSandbox(it)),
          [],
          file,
        );
      else if (!file.startsWith('src/commands/')) assert.deepEqual(imports.filter(isSandbox), [], file);
    }
  });
});
