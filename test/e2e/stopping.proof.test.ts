import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { endProcesses, ROOT } from '../support/process/processes.ts';
import { startAsTyped } from '../support/process/stopping.ts';
import { PROCFILE } from '../support/production/built.ts';
import { until } from '../support/time/until.ts';

/** What the documentation tells people to type; npm start, the image and the package have tests of their own. */
const TYPED: readonly (readonly [string, readonly [string, ...string[]]])[] = [
  ['the line of the Procfile', [process.execPath, ...PROCFILE]],
  ['sentry-monitor serve', [process.execPath, 'bin/sentry-monitor.js', 'serve']],
  ['npm run dev', ['npm', 'run', 'dev']],
];

describe('what the documentation tells people to start', function () {
  afterEach(() => endProcesses());

  for (const [name, words] of TYPED) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      it(`${name}: ${signal} ends it well`, async () => {
        const started = await startAsTyped(words, {});
        await started.stop(signal);
        await until('the service said its last words', () => started.said().includes('"msg":"stopped"'));
        assert.doesNotMatch(started.said(), /crashed/);
      });
    }
  }

  for (const [words, listens] of [
    [['npm', 'run', 'demo', '--', '--serve'], /^ {2}http:\/\/127\.0\.0\.1:(\d+)\/$/m],
    [['npm', 'run', 'sandbox', '--', '--port', '0'], /^NEW_RELIC_EVENT_URL=http:\/\/127\.0\.0\.1:(\d+)$/m],
  ] as const) {
    it(`${words.join(' ')}: SIGTERM ends it, and nothing is left on its port`, async () => {
      const started = await startAsTyped(words, { listens });
      await started.stop('SIGTERM');
      assert.doesNotMatch(started.said(), /broke|crashed/);
    });
  }

  it('sentry-monitor serve becomes the service, with the flags of the Procfile', async function () {
    if (process.platform !== 'linux') this.skip();
    const started = await startAsTyped([process.execPath, 'bin/sentry-monitor.js', 'serve'], {});
    const [, ...args] = readFileSync(`/proc/${started.child.pid!}/cmdline`, 'utf8').split('\0').slice(0, -1);
    assert.deepEqual(
      args,
      PROCFILE.map((word) => word.replace(/^(?:\.\/)?(?=apm\.cjs|bin\/)/, ROOT)),
    );
    assert.deepEqual(await started.stop('SIGTERM'), { code: 0, signal: null });
  });
});
