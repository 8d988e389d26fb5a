import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { notRun } from '../process/tools.ts';
import { type Chromium, chromiumHere, hasChromium } from './chromium.ts';

/** Quiet, alone, and asking nobody for anything; playwright gives it a profile of its own that is gone afterwards. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** A page in a context of its own. */
export interface Tab {
  readonly page: Page;
  /** What its console, its errors, its policy and its requests complained of. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A real Chromium. */
export interface Browser {
  /** `prepare`: before the page is loaded. */
  open(url: string, options?: BrowserContextOptions, prepare?: (page: Page) => Promise<unknown>): Promise<Tab>;
  /** What a test left open. */
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

/** As `describe`; where no Chromium runs, one line stands for all its tests. */
export function describeInBrowser(title: string, body: (this: Mocha.Suite) => void): void {
  if (hasChromium()) describe(title, body);
  else notRun(title, 'no Chromium: install Chrome or Chromium');
}

export async function openBrowser(find: () => Promise<Chromium> = chromiumHere): Promise<Browser> {
  const { executablePath, env } = await find();
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: FLAGS,
    env: { ...process.env, ...env },
    timeout: 90_000,
  });
  const contexts = new Set<BrowserContext>();
  return {
    open: async (url, options = {}, prepare = async () => undefined) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      contexts.add(context.on('close', () => contexts.delete(context)));
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on(
        'console',
        (message) =>
          void (['error', 'warning'].includes(message.type()) && complaints.push(`console: ${message.text()}`)),
      );
      page.on('pageerror', (error) => void complaints.push(`page: ${error.message}`));
      page.on(
        'requestfailed',
        (request) => void complaints.push(`request: ${request.url()} ${request.failure()?.errorText ?? ''}`),
      );
      page.on(
        'response',
        (response) =>
          void (response.status() >= 400 && complaints.push(`response: ${response.url()} ${response.status()}`)),
      );
      await prepare(page);
      await page.goto(url, { waitUntil: 'load' });
      return { page, complaints, close: () => context.close() };
    },
    closeTabs: async () => void (await Promise.all([...contexts].map((context) => context.close()))),
    close: () => browser.close(),
  };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** All that axe-core finds, with where. */
export async function findingsIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<readonly Violation[]>('axe.run().then(({ violations }) => violations)');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** Pixels by which the page is wider than its window: nobody should have to scroll sideways. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
