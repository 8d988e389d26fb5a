import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { mayImport, reasonOf, roomOf, ROOMS } from '../rooms.ts';
import { GRAPH, KINDS, pluginsIn, ROOT, SRC, TESTS, textOf } from './support/structure/files.ts';

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
    assert.ok(GRAPH.get('src/app/configure.ts')!.includes('src/integrations/sinks/index.ts'));
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

  it('of the glossary import nothing but what a rule is', () => {
    assert.deepEqual(GRAPH.get('src/core/model/filter.ts'), ['src/core/model/alerting/rule.ts']);
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
    const shared =
      /^src\/(core|platform|config)\/|^src\/integrations\/(plugin\.ts$|vendors\/)|^src\/storage\/(alerts|database|late)\//;
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
