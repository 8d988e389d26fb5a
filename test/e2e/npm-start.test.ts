import { spawn } from 'node:child_process';
import { filtersText, settingsFor } from '../support/e2e/service.ts';
import { cleanEnv, endProcesses, ROOT } from '../support/process/processes.ts';
import { startRemoteSandbox } from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { until, within } from '../support/time/until.ts';

describe('npm start, with the real npm', function () {
  this.timeout(120_000);
  after(() => endProcesses());

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`${signal} reaches the service: it ends well, and nothing is left on the port`, async () => {
      const sandbox = await startRemoteSandbox();
      const files = folder({ 'filters.yaml': filtersText([{ name: 'web', projects: ['web'] }]) });
      const npm = spawn('npm', ['start', '--no-update-notifier'], {
        cwd: ROOT,
        env: {
          ...cleanEnv({ ...settingsFor(sandbox), FILTERS: files.file('filters.yaml'), PORT: '0' }),
          HOME: files.file('.'),
          npm_config_cache: files.file('cache'),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      for (const stream of [npm.stdout, npm.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      const ended = new Promise<void>((done) => npm.once('exit', () => done()));
      const listening = (): { port: number; pid: number } | undefined => {
        const line = said.split('\n').find((text) => text.includes('"msg":"listening"'));
        return line === undefined ? undefined : (JSON.parse(line) as { port: number; pid: number });
      };
      await until(`the service listens: ${said}`, () => listening() !== undefined, 60_000);
      const { port } = listening()!;
      npm.kill(signal);
      await within(`npm ends: ${said}`, ended, 30_000);
      const isGone = (): Promise<boolean> =>
        fetch(`http://127.0.0.1:${String(port)}/healthz`, { headers: { connection: 'close' } }).then(
          () => false,
          () => true,
        );
      await until('nothing answers on the port', isGone, 30_000);
      await until('the service said its last words', () => said.includes('"msg":"stopped"'), 30_000);
      files.remove();
    });
  }
});
