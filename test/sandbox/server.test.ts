import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { ask, post } from './support.ts';

describe('sandbox: as a process', () => {
  it('prints its address, answers, and ends on SIGTERM even with a hanging connection', async () => {
    const child = spawn(process.execPath, ['sandbox/server.ts', '--port', '0', '--story', 'none'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url, keys } = JSON.parse(line.toString()) as { url: string; keys: { sentryToken: string } };
    await post(`${url}/sandbox/projects`, { slug: 'web' });
    await post(`${url}/sandbox/faults`, { vendor: 'sentry', kind: 'hang', endpoint: 'issues' });
    const headers = { authorization: `Bearer ${keys.sentryToken}` };
    const open = fetch(`${url}/api/0/organizations/acme/issues/?project=-1`, { headers }).catch(
      (error: unknown) => error,
    );
    while ((await ask(`${url}/sandbox/requests`)).body.requests.length === 0);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.ok((await open) instanceof Error);
  }).timeout(10_000);

  it('prints the keys of docs/demo.md, which names each of its flags', async () => {
    const page = fs.readFileSync('docs/demo.md', 'utf8').split('\n## Try your own filters\n')[1]!;
    const flags = [
      ['--port', '0', '--host', '127.0.0.1', '--flavour', 'glitchtip', '--base-path', '/errors', '--story', 'none'],
      ['--seed', '1', '--epoch', '0', '--orphans', '0', '--new-relic-key', 'k', '--new-relic-account-id', '7'],
      ['--sentry-org', 'acme', '--sentry-token', 'sandbox-sentry-token', '--anodot-token', 't'],
    ].flat();
    assert.deepEqual(
      [...new Set(page.match(/(?<=[`\s])--(?!json)[a-z-]+/g))].toSorted(),
      flags.filter((word) => word.startsWith('--')).toSorted(),
    );
    const child = spawn(process.execPath, ['sandbox/server.ts', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGTERM');
    const { url, sentryUrl } = JSON.parse(line.toString()) as { url: string; sentryUrl: string };
    assert.equal(sentryUrl, `${url}/errors`);
    const server = spawn(process.execPath, ['sandbox/server.ts', '--story', 'none'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [own] = (await once(server.stdout, 'data')) as [Buffer];
    server.kill('SIGTERM');
    const { keys } = JSON.parse(own.toString()) as { keys: { sentryOrg: string; sentryToken: string } };
    assert.ok(page.includes(`SENTRY_ORG=${keys.sentryOrg} SENTRY_AUTH_TOKEN=${keys.sentryToken} `));
  }).timeout(20_000);
});
