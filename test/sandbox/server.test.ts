import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
  });
});
