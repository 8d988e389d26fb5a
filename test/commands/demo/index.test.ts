import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cleanEnv, endProcesses, ROOT, runNode, startProcess } from '../../support/process/processes.ts';
import { until } from '../../support/time/until.ts';

/**
 * Times and ports differ from demo to demo. So does the number of requests to Sentry on a slow machine, where what
 * filters share comes too late for one. Nothing else may differ.
 */
function redacted(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d to \d\d:\d\d/g, '<window>')
    .replace(/in \d\d:\d\d–\d\d:\d\d UTC/g, 'in <window>')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/\d+ requests to Sentry/, '<n> requests to Sentry')
    .trim();
}

function transcript(): string {
  const page = readFileSync(`${ROOT}docs/demo.md`, 'utf8');
  return /^```text demo\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? assert.fail('docs/demo.md has no transcript of the demo');
}

describe('demo', () => {
  after(() => endProcesses());

  it('exits 0 and says what docs/demo.md says', async () => {
    const { code, stdout, stderr } = await runNode(['src/cli.ts', 'demo']);

    assert.equal(stderr, '');
    assert.equal(redacted(stdout), redacted(transcript()));
    assert.equal(code, 0);
  });

  it('with --serve keeps service and sandbox up until a signal, and the curl line it prints works', async () => {
    const demo = startProcess(['src/cli.ts', 'demo', '--serve'], cleanEnv());
    await until('it prints the curl line', () => /\/sandbox\/received\n/.test(demo.out()));
    const line = /.*curl -X POST.*/.exec(demo.out())![0];
    const [, header = '', url = ''] = /-H '([^']+)' '([^']+)'/.exec(line) ?? assert.fail(line);

    const response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: header.replace('Authorization: ', '') },
    });
    const inbox = await (await fetch(/\S+\/sandbox\/inbox/.exec(demo.out())![0])).text();
    const body = (await response.json()) as { debug: boolean; reports: unknown[]; faults: unknown[] };
    demo.child.kill('SIGTERM');
    const { code } = await demo.end();

    assert.equal(response.status, 200);
    assert.equal(body.debug, true);
    for (const vendor of ['slack', 'mail', 'pagerduty']) assert.ok(inbox.includes(`<b>${vendor}</b>`), vendor);
    assert.equal(body.reports.length, 3);
    assert.deepEqual(body.faults, [], 'its digest is right');
    assert.match(demo.out(), /A digest with a chart comes to that inbox at \d\d:\d[27] UTC, /);
    assert.equal(code, 0);
    await assert.rejects(fetch(url, { method: 'POST' }), 'the service is gone');
  });
});
