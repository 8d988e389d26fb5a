import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { rmSync } from 'node:fs';
import { copyOfRepository, newPlace, type Place } from '../support/production/copy.ts';

const SERVES = /4\. What arrived at the sandbox, counted there\n {3}New Relic {2}\d+ events/;
const SETTINGS = { FILTERS: 'config/filters.example.yaml', SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: 'token-0123456789' };

/** With the real npm and its registry: what a person types first. `.ci/run` itself begins with the whole of it. */
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
  const folderOf = (node: '20' | '24'): string =>
    node === '24' ? dirname(process.execPath) : nodes.file('node_modules/node/bin');

  const install = async (node: '20' | '24', args: readonly string[]): Promise<string> => {
    const nodeFolder = folderOf(node);
    const version = await clone.call('node', ['--version'], { nodeFolder });
    assert.match(version.stdout, new RegExp(`^v${node}\\.`));
    const ci = await clone.call('npm', ['ci', ...args], { nodeFolder });
    assert.equal(ci.code, 0, ci.stderr);
    assert.deepEqual(warnings(ci.stderr), []);
    return nodeFolder;
  };

  for (const [node, ...args] of [['24'], ['20', '--omit=dev']] as const)
    it(`on a machine with Node ${node}: ${['npm ci', ...args].join(' ')} warns of nothing, and the demo runs`, async () => {
      const nodeFolder = await install(node, args);
      const demo = await clone.call('npm', ['run', 'demo'], { nodeFolder });
      assert.equal(demo.code, 0, demo.stderr);
      assert.match(demo.stdout, SERVES);
    });

  it('on a machine with Node 20, and none installed: one line says that 24 is needed', async () => {
    const nodeFolder = await install('20', ['--omit=dev', '--omit=optional']);
    for (const script of ['start', 'check', 'demo']) {
      const said = await clone.call('npm', ['run', '--silent', script], { nodeFolder, env: SETTINGS });
      assert.deepEqual([said.code, said.stdout, said.stderr.trim().split('\n').length], [1, '', 2], said.stderr);
      assert.match(said.stderr, /\n {2}this is Node 20\.\S+, and Node 24 is needed; /);
    }
  });
});

function warnings(said: string): readonly string[] {
  return said.split('\n').filter((line) => /^npm warn/i.test(line));
}
