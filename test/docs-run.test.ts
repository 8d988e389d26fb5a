import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { found } from './support/docs/clone.ts';
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

  for (const [page, { steps }] of plans.filter(([, plan]) => plan.steps.length > 0)) {
    if (missing.length > 0) it(`NOT RUN: ${page}: install ${missing.join(', ')}`, () => undefined);
    else it(`${page}: they do what it says`, () => runPage(page, steps, Date.now())).timeout(240_000);
  }
});
