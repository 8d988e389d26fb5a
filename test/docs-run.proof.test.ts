import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { found } from './support/docs/clone.ts';
import { commandsIn } from './support/docs/commands.ts';
import { blocksOf } from './support/docs/read-page.ts';
import { runPage } from './support/docs/run-page.ts';
import { planOf } from './support/docs/steps.ts';
import { ROOT } from './support/process/processes.ts';

const PAGES = ['.', 'docs'].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md') && !['ARCHITECTURE.md', 'CHANGELOG.md'].includes(name))
    .map((name) => path.join(folder, name)),
);
/** Blocks that no test can run, by page: each has its reason in a comment above it. */
const NOT_RUN: Readonly<Record<string, number>> = {
  'CONTRIBUTING.md': 1,
  'README.md': 1,
  'docs/anodot.md': 1,
  'docs/building.md': 1,
  'docs/deploying.md': 6,
  'docs/upgrading.md': 1,
};

const plans = PAGES.map((page) => [page, planOf(blocksOf(fs.readFileSync(path.join(ROOT, page), 'utf8')))] as const);
const missing = ['sh', 'curl', 'openssl', 'npm'].filter((program) => !found(program).includes('/'));

describe('the commands of the documentation', () => {
  it('stand in blocks that say what they are', () =>
    assert.deepEqual(
      plans.flatMap(([page, { faults }]) => faults.map((fault) => `${page}:${fault}`)),
      [],
    ));

  it('are run, but for those of which the page says why not', () => {
    const left = plans.filter(([, { notRun }]) => notRun.length > 0).map(([page, { notRun }]) => [page, notRun.length]);
    assert.deepEqual(Object.fromEntries(left), NOT_RUN);
  });

  for (const page of ['README.md', 'docs/quick-start.md'])
    it(`${page}: comes to the first real send with at most six commands`, () => {
      const { steps } = plans.find(([it]) => it === page)![1];
      const commands = steps.flatMap((step) => (step.kind === 'run' ? commandsIn(step.script) : []));
      const first = commands.findIndex((command) => command.startsWith('npm ci') && !command.includes('demo'));
      const send = commands.findIndex((command) => /curl .*-X POST .*\/run$/.test(command.replace(/ +#.*/, '')));
      assert.ok(first >= 0 && send > first && send - first < 6, commands.slice(first, send + 1).join('\n'));
    });

  for (const [page, { steps }] of plans.filter(([, plan]) => plan.steps.length > 0)) {
    if (missing.length > 0) it(`NOT RUN: ${page}: install ${missing.join(', ')}`, () => undefined);
    else it(`${page}: they do what it says`, () => runPage(page, steps, Date.now())).timeout(600_000);
  }
});

describe('a page that is run', () => {
  const page = (text: string) => planOf(blocksOf(text.replaceAll('~~~', '```')));
  const run = (text: string): Promise<void> => runPage('x.md', page(text).steps, Date.UTC(2026, 10, 29, 10, 7));

  it('fails with the line of a command that ends otherwise than it says', async () => {
    await assert.rejects(
      run('# x\n\n~~~sh\ntrue\nfalse\n~~~\n'),
      /^AssertionError.*: x\.md:4: false\nends with 1, not 0/,
    );
    await assert.rejects(run('<!-- ends 1 -->\n~~~sh\ntrue\n~~~\n'), /x\.md:3: true\nends with 0, not 1/);
    await run('<!-- ends 1 or 3 -->\n~~~sh\n(exit 3)\n~~~\n');
  });

  it('fails with the line that was not said, or not in this order', async () => {
    const said = '~~~sh\nprintf "one 1\\ntwo 22\\nthree\\n"\n~~~\n<!-- output -->\n~~~text\n';
    await run(`${said}one 1\n…\nt…2\n~~~\n`);
    await assert.rejects(run(`${said}two 22\none 1\n~~~\n`), /x\.md:6: this line was not said: one 1/);
  });

  it('has variables, folders, here-documents and what nobody sees', () =>
    run(
      '<!-- given:\nseen=yes; mkdir sub\n-->\n~~~sh\ncd sub\ncat > file <<EOF\n$seen\nEOF\n~~~\n~~~sh\n' +
        'for i in 1 2; do\n  cat file\ndone\n~~~\n<!-- output -->\n~~~text\nyes\nyes\n~~~\n',
    ));

  it('knows a cron line, the time of the pages, and that packages are there', () =>
    run(
      '~~~cron\n3-59/5 * * * * echo "at $(date -u +\\%Y | wc -l)"\n~~~\n<!-- output -->\n~~~text\nat 1\n~~~\n' +
        '~~~sh\necho 2026-11-20T10:05:00Z\nnpm ci\n~~~\n<!-- output -->\n~~~text\n2026-11-29T08:05:00.000Z\n~~~\n',
    ));

  it('may leave a block out with a reason, and no mark may be misspelt', () => {
    assert.deepEqual(page('<!-- not run: needs an\naccount -->\n\n~~~sh\nx\n~~~\n'), {
      steps: [],
      notRun: [{ line: 5, reason: 'needs an account' }],
      faults: [],
    });
    assert.match(page('<!-- ends well -->\n~~~sh\nx\n~~~\n').faults[0]!, /^3: the mark "ends well" is not known$/);
    assert.match(page('<!-- output -->\n~~~sh\nx\n~~~\n').steps[0]!.kind, /output/);
    assert.match(page('~~~\nx\n~~~\n').faults[0]!, /^2: a block without a language/);
  });
});
