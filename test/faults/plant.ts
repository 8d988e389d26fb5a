import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/**
 * Plants each fault of `*.patch` into a copy of the working tree and demands that a test turns red.
 * A fault that no test sees, does not apply, or breaks types is an error.
 * `node test/faults/plant.ts [name …]`: only these.
 */
interface Fault {
  readonly name: string;
  readonly what: string;
  /** Mocha spec that should see it. */
  readonly spec: string;
  readonly patch: string;
}

interface Verdict {
  readonly fault: Fault;
  /** Red: tests that failed because of it. */
  readonly red: readonly string[];
  readonly error?: string;
  readonly ms: number;
}

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'node_modules/.bin');
const WORKERS = 2;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const faults = readFaults(process.argv.slice(2));
const place = mkdtempSync(join(tmpdir(), 'sentry-monitor-faults-'));
try {
  process.exitCode = await main();
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function main(): Promise<number> {
  const trees = Array.from({ length: WORKERS }, (_, n) => copyTree(join(place, `tree-${n}`)));
  const specs = [...new Set(faults.map(({ spec }) => spec))];
  say(`${faults.length} faults, ${specs.length} specs; first as they are:`);
  const before = new Map<string, readonly string[]>();
  const [wrong = []] = await Promise.all(trees.map(types));
  if (wrong.length > 0) say(`  ${wrong.length} TYPE ERRORS BEFORE ANY FAULT: ${wrong[0]}`);
  await each(specs, trees, async (spec, tree) => {
    const result = await mocha(tree, spec);
    if (typeof result === 'string') return say(`  ${spec}: DOES NOT RUN BEFORE ANY FAULT: ${result}`);
    before.set(spec, result.failed);
    say(
      `  ${spec}: ${result.passed} green${result.failed.length > 0 ? `, ${result.failed.length} RED BEFORE ANY FAULT: ${result.failed.join('; ')}` : ''}`,
    );
  });
  const verdicts: Verdict[] = [];
  await each(faults, trees, async (fault, tree) => {
    const verdict = await judge(fault, tree, before.get(fault.spec), wrong);
    verdicts.push(verdict);
    say(`  ${mark(verdict)} ${fault.name}`);
  });
  return report(verdicts);
}

function report(verdicts: readonly Verdict[]): number {
  const rows = faults.map(({ name }) => verdicts.find(({ fault }) => fault.name === name)!);
  const wide = Math.max(...rows.map(({ fault }) => fault.name.length));
  say('');
  for (const it of rows)
    say(
      `${mark(it)}  ${it.fault.name.padEnd(wide)}  ${(it.ms / 1000).toFixed(1).padStart(5)} s  ${it.error ?? (it.red.length === 0 ? `NO TEST of ${it.fault.spec} SEES: ${it.fault.what}` : `${it.red.length} red: ${it.red[0]!.slice(0, 110)}`)}`,
    );
  const alive = rows.filter(({ red }) => red.length === 0);
  say(`\n${rows.length - alive.length} of ${rows.length} planted faults turned a test red.`);
  return alive.length > 0 ? 1 : 0;
}

function mark({ red, error }: Verdict): string {
  if (error !== undefined) return 'ERROR';
  return red.length > 0 ? 'seen ' : 'LIVES';
}

/** `before`, `known`: what was red (undefined: it did not run), and what did not fit the types, without the fault. */
async function judge(
  fault: Fault,
  tree: string,
  before: readonly string[] | undefined,
  known: readonly string[],
): Promise<Verdict> {
  const began = performance.now();
  const done = (red: readonly string[], error?: string): Verdict => ({
    fault,
    red,
    ...(error === undefined ? {} : { error }),
    ms: performance.now() - began,
  });
  if (before === undefined) return done([], 'its spec does not run before any fault');
  const touched = [...readFileSync(fault.patch, 'utf8').matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, path]) =>
    join(tree, path!),
  );
  const texts = (): string => touched.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')).join('\n');
  const clean = texts();
  const applied = await run('git', ['apply', fault.patch], tree);
  if (applied.code !== 0 || texts() === clean)
    return done([], `the patch does not apply: ${applied.text.trim().slice(0, 200)}`);
  try {
    const wrong = (await types(tree)).filter((line) => !known.includes(line));
    if (wrong.length > 0) return done([], `the fault does not fit the types: ${wrong[0]!.slice(0, 200)}`);
    const result = await mocha(tree, fault.spec, ...(before.length === 0 ? ['--bail'] : []));
    if (typeof result === 'string') return done([], `no test could judge: ${result}`);
    return done(result.failed.filter((title) => !before.includes(title)));
  } finally {
    const back = await run('git', ['apply', '--reverse', fault.patch], tree);
    if (back.code !== 0 || texts() !== clean) throw new Error(`cannot take ${fault.name} back: ${back.text}`);
  }
}

/** The errors that `tsc` finds. What a fault leaves unused is no matter. */
async function types(tree: string): Promise<readonly string[]> {
  const args = [
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    join(tree, '.types'),
    '--noUnusedLocals',
    'false',
    '--noUnusedParameters',
    'false',
    '-p',
    '.',
  ];
  const { text } = await run(process.execPath, [join(BIN, '../typescript-7/bin/tsc'), ...args], tree);
  return text
    .split('\n')
    .filter((line) => /: error TS/.test(line))
    .map((line) => line.replace(/\(\d+,\d+\)/, ''));
}

/** Full titles of failed tests, or why there are none: a hook that failed, or files that do not load, is no test. */
async function mocha(
  tree: string,
  spec: string,
  ...options: readonly string[]
): Promise<{ readonly passed: number; readonly failed: readonly string[] } | string> {
  const output = join(tree, '.result.json');
  rmSync(output, { force: true });
  const { text } = await run(
    join(BIN, 'mocha'),
    [...spec.split(' '), '--reporter', 'json', '--reporter-option', `output=${output}`, '--exit', ...options],
    tree,
  );
  if (!existsSync(output)) return text.trim().slice(0, 300);
  const { stats, failures } = JSON.parse(readFileSync(output, 'utf8')) as {
    stats: { passes: number };
    failures: { fullTitle: string }[];
  };
  const failed = failures
    .map(({ fullTitle }) => fullTitle)
    .filter((title) => !/"(before|after) (all|each)" hook/.test(title));
  if (stats.passes + failed.length === 0)
    return `hooks failed: ${failures.map(({ fullTitle }) => fullTitle).join('; ')}`;
  return { passed: stats.passes, failed };
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((done, reject) => {
    // NOTE: without the ceiling git would look for a repository above, and skip files that are not in it.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: place, PATH: `${BIN}:${process.env['PATH'] ?? ''}` };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('error', reject);
    child.once('close', (code) => done({ code, text }));
  });
}

/** Shares the work out over the trees, each of which does one thing at a time. */
async function each<T>(
  things: readonly T[],
  trees: readonly string[],
  work: (thing: T, tree: string) => Promise<void>,
): Promise<void> {
  const queue = [...things];
  await Promise.all(
    trees.map(async (tree) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next, tree);
    }),
  );
}

function copyTree(tree: string): string {
  const left = new Set(['node_modules', '.git', 'coverage', 'dist']);
  cpSync(ROOT, tree, { recursive: true, filter: (path) => !left.has(relative(ROOT, path).split('/')[0]!) });
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  // Some tests ask git what belongs to the project.
  execFileSync('git', ['init', '--quiet', tree]);
  return tree;
}

function readFaults(names: readonly string[]): Fault[] {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.patch'))
    .sort();
  const all = files.map((file): Fault => {
    const patch = join(import.meta.dirname, file);
    const head = readFileSync(patch, 'utf8').split('\n--- ')[0]!;
    const line = (key: string): string => {
      const found = new RegExp(`^${key}: (.+)$`, 'm').exec(head)?.[1];
      if (found === undefined) throw new Error(`${file}: its head has no line "${key}: …"`);
      return found;
    };
    return { name: file.replace(/\.patch$/, ''), what: line('Fault'), spec: line('Seen by'), patch };
  });
  const unknown = names.filter((name) => !all.some((fault) => fault.name === name));
  if (unknown.length > 0 || all.length === 0) throw new Error(`no such fault: ${unknown.join(', ')}`);
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}
