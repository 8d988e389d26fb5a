import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { rmSync } from 'node:fs';
import { copyOfRepository, newPlace, type Place } from '../support/production/copy.ts';

/** The oldest Node that README promises `npm ci` for, and the one that runs the program. */
const NODES = ['20', '24'] as const;
const SERVES = /4\. What arrived at the sandbox, counted there\n {3}New Relic {2}\d+ events/;
const SETTINGS = { FILTERS: 'config/filters.example.yaml', SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: 'token-0123456789' };

/** With the real npm and its registry: what a person types first. */
describe('a fresh clone', function () {
  this.timeout(600_000);
  let clone: Place;
  let nodes: Place;

  before(async () => {
    nodes = newPlace();
    clone = copyOfRepository({ withPackages: false });
    const { code, stderr } = await nodes.call('npm', ['install', '--no-audit', '--no-fund', 'node@20']);
    assert.equal(code, 0, stderr);
  });
  afterEach(() => rmSync(clone.file('node_modules'), { recursive: true, force: true }));
  after(() => {
    clone.remove();
    nodes.remove();
  });

  /** Where this Node lies: as the machine's own. */
  const folderOf = (node: string): string =>
    node === '24' ? dirname(process.execPath) : nodes.file('node_modules/node/bin');

  for (const node of NODES) {
    const nodeFolder = folderOf.bind(undefined, node);

    it(`on a machine with Node ${node}: npm ci warns of nothing, and the demo runs`, async () => {
      const version = await clone.call('node', ['--version'], { nodeFolder: nodeFolder() });
      assert.match(version.stdout, new RegExp(`^v${node}\\.`));
      const ci = await clone.call('npm', ['ci'], { nodeFolder: nodeFolder() });
      assert.equal(ci.code, 0, ci.stderr);
      assert.deepEqual(warnings(ci.stderr), []);
      const demo = await clone.call('npm', ['run', 'demo'], { nodeFolder: nodeFolder() });
      assert.equal(demo.code, 0, demo.stderr);
      assert.match(demo.stdout, SERVES);
    });

    it(`on a machine with Node ${node}: npm ci --omit=dev is enough to run`, async () => {
      const ci = await clone.call('npm', ['ci', '--omit=dev'], { nodeFolder: nodeFolder() });
      assert.equal(ci.code, 0, ci.stderr);
      assert.deepEqual(warnings(ci.stderr), []);
      const demo = await clone.call('npm', ['run', 'demo'], { nodeFolder: nodeFolder() });
      assert.equal(demo.code, 0, demo.stderr);
      assert.match(demo.stdout, SERVES);
    });

    it(`on a machine with Node ${node}, and none installed: ${node === '24' ? 'runs' : 'one line says that 24 is needed'}`, async () => {
      const ci = await clone.call('npm', ['ci', '--omit=dev', '--omit=optional'], { nodeFolder: nodeFolder() });
      assert.equal(ci.code, 0, ci.stderr);
      for (const script of ['start', 'check', 'demo']) {
        if (node === '24' && script === 'start') continue;
        const { code, stdout, stderr } = await clone.call('npm', ['run', '--silent', script], {
          nodeFolder: nodeFolder(),
          env: SETTINGS,
        });
        if (node === '24') assert.equal(code, script === 'check' ? 1 : 0, stdout + stderr);
        else assert.deepEqual([code, stdout, stderr.trim().split('\n').length], [1, '', 2], stderr);
        if (node !== '24') assert.match(stderr, /\n {2}this is Node 20\.\S+, and Node 24 is needed; /);
      }
    });
  }
});

function warnings(said: string): readonly string[] {
  return said.split('\n').filter((line) => /^npm warn/i.test(line));
}
