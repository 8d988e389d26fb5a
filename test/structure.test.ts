import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { variables } from '../src/app/assemble.ts';
import { channels } from '../src/integrations/channels/index.ts';
import { EVENTS } from '../src/core/ports/events/intake.ts';
import { intakes } from '../src/integrations/intakes/index.ts';
import { sinks } from '../src/integrations/sinks/index.ts';
import { sources } from '../src/integrations/sources/index.ts';
import type { Plugin } from '../src/integrations/plugin.ts';
import { DEBIAN } from './support/process/tools.ts';
import { importsOf, KINDS, pluginsIn, ROOT, TESTS, textOf } from './support/structure/files.ts';

describe('the registries', () => {
  it('of sinks is the folder: debug stands in for all of them', () =>
    assert.deepEqual(Object.keys(sinks).toSorted(), pluginsIn('src/integrations/sinks', ['debug'])));

  it('of channels is the folder', () =>
    assert.deepEqual(Object.keys(channels).toSorted(), pluginsIn('src/integrations/channels')));

  it('of sources is the folder', () =>
    assert.deepEqual(Object.keys(sources).toSorted(), pluginsIn('src/integrations/sources')));

  it('have each plug-in under the name of its file', () => {
    for (const [folder, registry] of [
      ['sinks', sinks],
      ['sources', sources],
      ['channels', channels],
    ] as const) {
      const text = textOf(`src/integrations/${folder}/index.ts`);
      for (const name of Object.keys(registry)) {
        const own = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
        assert.match(text, new RegExp(`import \\{ ${own} \\} from '\\./${name}(/index)?\\.ts'`));
      }
    }
  });
});

describe('the documents of a plug-in', () => {
  const readme = textOf('README.md');
  for (const [what, names] of [
    ['sends to', Object.keys(sinks)],
    ['reads', Object.keys(sources)],
    ['tells', Object.keys(channels)],
  ] as const) {
    for (const name of names)
      it(`README has a row for ${name}: | ${what} | \`${name}\` | … |`, () =>
        assert.ok(readme.includes(`\n| ${what} | \`${name}\` | `)));
  }

  it('docs/counting.md says what each sink is sent', () => {
    const rows = textOf('docs/counting.md').split('\n## What is sent\n')[1]!.split('\n## ')[0]!;
    for (const [name, { cost }] of Object.entries(sinks))
      assert.ok(rows.includes(`\n| ${cost?.title ?? name}`), `a row for ${name}`);
  });

  it('name no plug-in that is not there', () => {
    const rows = [...readme.matchAll(/^\| (?:sends to|reads|tells) \| `([\w-]+)` \|/gm)].map(([, name]) => name!);
    assert.deepEqual(rows.toSorted(), [sinks, sources, channels].flatMap(Object.keys).toSorted());
  });
});

type PartOfAny = Pick<Plugin<unknown>, 'keys'>;

describe('what a file may set up', () => {
  const all = [sources, sinks, channels, intakes].flatMap((registry) => Object.entries<PartOfAny>(registry));
  // Intakes set it up.
  const others = all.filter(([vendor]) => vendor !== EVENTS);
  for (const [vendor, { keys }] of others) {
    it(`says by one of its keys that it is of ${vendor}, needs that one, and has each key once`, () => {
      const names = keys.map(({ key }) => key);
      assert.deepEqual(
        keys.filter(({ key, required }) => key === vendor && required).map(({ key }) => key),
        [vendor],
      );
      assert.equal(new Set(names).size, names.length);
    });
  }
});

describe('quick and long tests', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> };
  const [quick, long] = ['test', 'test:all'].map((name) =>
    fs.globSync(/'(test[^']+)'/.exec(scripts[name]!)![1]!, { cwd: ROOT }).toSorted(),
  ) as [string[], string[]];
  const proofs = TESTS.filter((file) => file.endsWith('.proof.test.ts'));

  it('are all the files of tests, each once', () => {
    assert.deepEqual(
      [...quick, ...long, ...proofs].toSorted(),
      TESTS.filter((file) => file.endsWith('.test.ts')),
    );
    assert.ok(scripts['test:all']!.includes('npm test -- '), 'all of them are the quick ones and these');
    assert.match(textOf('.ci/run'), /^npm run --silent test:all /m);
    assert.match(textOf('test/proofs/all.ts'), /'test\/\*\*\/\*\.proof\.test\.ts'/);
  });

  it('are told by their names', () => {
    assert.ok(long.length > 0);
    assert.deepEqual(
      long.filter((file) => !file.endsWith('.long.test.ts')),
      [],
    );
  });

  it('have the usual time limit, but for long ones and proofs', () => {
    const { timeout } = JSON.parse(textOf('.mocharc.json')) as { timeout: number };
    assert.ok(timeout >= 60_000, 'a limit ends what hangs, on any machine');
    const limits = (file: string): readonly number[] =>
      [...textOf(file).matchAll(/(?<!AbortSignal)\.timeout\(([\d_]+)\)/g)].map(([, ms]) =>
        Number(ms!.replaceAll('_', '')),
      );
    assert.deepEqual(
      TESTS.filter((file) => limits(file).some((ms) => ms <= timeout || ![...long, ...proofs].includes(file))),
      [],
    );
  });

  it('call no program that CI does not install', () => {
    const needed = [...textOf('.ci/run').matchAll(/^\.ci\/need (\S+) (\S+)$/gm)].map(([, , name]) => name!);
    assert.deepEqual(needed.toSorted(), [...new Set(Object.values(DEBIAN))].toSorted());
  });
});

describe('tests', () => {
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
    // setup.ts is what mocha loads, doc.ts a command that writes a page of docs.
    const isEntry = (file: string): boolean => /\/(setup|doc)\.ts$/.test(file);
    assert.deepEqual(
      support.filter((file) => !used.has(file) && !isEntry(file)),
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

describe('channels', () => {
  it('are set up by files alone: what of their settings is a variable is one of the service', () => {
    for (const [vendor, { keys }] of Object.entries(channels))
      for (const { env, key, required } of keys.filter((it) => it.required || it.key === vendor))
        assert.ok(required && env.startsWith('channels.'), `${vendor}: ${key}`);
  });
});

describe('.env.example', () => {
  it('has every variable that the program reads, and no other', () => {
    const names = [...textOf('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
    assert.deepEqual(names.toSorted(), variables.map(({ env }) => env).toSorted());
  });

  it('says the defaults of the code, and which are secrets', () => {
    const lines = textOf('.env.example').split('\n');
    const wrong = variables.filter(({ env, default: given, sensitive }) => {
      const at = lines.findIndex((line) => line.replace('# ', '').startsWith(`${env}=`));
      const [comment = '', line = ''] = lines.slice(at - 1, at + 1);
      if (comment.includes('(secret)') !== sensitive) return true;
      if (given === null) return false;
      return !comment.includes(`default ${given}`) || (line.startsWith('#') && line !== `# ${env}=${given}`);
    });
    assert.deepEqual(wrong, []);
  });
});
