import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { cleanEnv, ROOT, runNode } from '../../support/process/process.ts';

/**
 * Times and ports differ from demo to demo. So does the number of requests to Sentry on a slow machine, where what
 * filters share comes too late for one. Nothing else may differ.
 */
function redacted(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d to \d\d:\d\d/g, '<window>')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/\d+ requests to Sentry/, '<n> requests to Sentry')
    .trim();
}

function transcript(): string {
  const page = readFileSync(`${ROOT}docs/demo.md`, 'utf8');
  return /^```text demo\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? assert.fail('docs/demo.md has no transcript of the demo');
}

describe('demo', () => {
  it('exits 0 and says what docs/demo.md says', async () => {
    const { code, stdout, stderr } = await runNode(['src/cli.ts', 'demo']);

    assert.equal(stderr, '');
    assert.equal(redacted(stdout), redacted(transcript()));
    assert.equal(code, 0);
  });

  it('with --serve keeps service and sandbox up until a signal, and the curl line it prints works', async () => {
    const child = spawn(process.execPath, ['src/cli.ts', 'demo', '--serve'], {
      cwd: ROOT,
      env: cleanEnv(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const line = await lineOf(child.stdout, /curl -X POST/);
    const [, header = '', url = ''] = /-H '([^']+)' '([^']+)'/.exec(line) ?? assert.fail(line);

    const response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: header.replace('Authorization: ', '') },
    });
    const body = (await response.json()) as { debug: boolean; reports: unknown[] };
    child.kill('SIGTERM');
    const [code] = (await exited) as [number | null];

    assert.equal(response.status, 200);
    assert.equal(body.debug, true);
    assert.equal(body.reports.length, 3);
    assert.equal(code, 0);
    await assert.rejects(fetch(url, { method: 'POST' }), 'the service is gone');
  });
});

async function lineOf(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) if (pattern.test(line)) return line;
  return assert.fail(`no line like ${String(pattern)}`);
}
