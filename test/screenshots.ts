import { statSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './support/time/until.ts';
import { startProcess } from './support/process/processes.ts';
import { openQueueBench } from './support/intakes/queue-bench.ts';
import { serveIssues } from './support/looks/issues.ts';
import { ANN } from './support/looks/people.ts';
import { openBrowser } from './support/pages/browser.ts';
import { chromiumHere } from './support/pages/chromium.ts';

/** Makes the README's pictures from the demo: `npm run screenshots`. */
const DOCS = join(import.meta.dirname, '../docs');
const MOST_BYTES = 200_000;

const demo = startProcess(['src/cli.ts', 'demo', '--serve']);
const browser = await openBrowser();
// NOTE: by the fonts of this machine: the package's own have none in which all letters are as wide.
const plain = await openBrowser(async () => {
  const { executablePath, env } = await chromiumHere();
  return { executablePath, env: { ...env, FONTCONFIG_FILE: '/etc/fonts/fonts.conf' } };
});
try {
  await until('the demo has filled half a day', () => demo.out().includes('more windows'), 180_000);
  const said = demo.out();
  const url = /^ {2}(http:\S+\/)$/m.exec(said)?.[1] ?? '';
  const { page } = await browser.open(url, { viewport: { width: 1160, height: 800 } });
  // Sentry's own series, of what was before, are read meanwhile.
  await page.waitForTimeout(5_000);
  await page.reload();
  await shoot(page, 'page.png');
  await page.goto(`${url}filters/shop?range=12h`);
  await shoot(page, 'page-filter.png', 1_000);
  const bench = await openQueueBench();
  const issues = await serveIssues(bench, 40);
  const look = { viewport: { width: 1160, height: 800 }, httpCredentials: ANN };
  await shoot((await browser.open(`${issues.url}/issues/6507376000`, look)).page, 'page-issue.png', 1_050);
  await bench.close();
  const terminal = await plain.open('about:blank', { viewport: { width: 940, height: 600 } });
  const text = `$ npm run demo\n\n${said.slice(0, said.indexOf('Both stay up')).trim()}`.replace(
    /[&<>]/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  );
  await terminal.page.setContent(
    `<body style="margin:0;background:#151a21"><pre style="margin:0;padding:18px 22px;color:#dbe2ea;font:13px/1.42 'DejaVu Sans Mono',ui-monospace,monospace">${text}</pre>`,
  );
  await shoot(terminal.page, 'terminal.png');
} finally {
  await Promise.all([browser.close(), plain.close()]);
  // Its service ends with it, when it is asked to.
  demo.child.kill('SIGTERM');
  await demo.end();
}

/** `most`: pixels of its height; absent: all of it. */
async function shoot(
  page: Awaited<ReturnType<typeof browser.open>>['page'],
  name: string,
  most?: number,
): Promise<void> {
  const path = join(DOCS, name);
  const { width } = page.viewportSize()!;
  const clip = most === undefined ? {} : { clip: { x: 0, y: 0, width, height: most } };
  await page.screenshot({ path, fullPage: true, ...clip });
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new Error(`${name} has ${size} bytes`);
  process.stdout.write(`${name} ${size} bytes\n`);
}
