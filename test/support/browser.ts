import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
/** Quiet, alone, and asking nobody for anything. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A real Chromium with a profile of its own. */
export interface Browser {
  readonly context: BrowserContext;
  /** A page and what its console, its errors and its policy said. */
  open(url: string): Promise<{ readonly page: Page; readonly complaints: readonly string[] }>;
  close(): Promise<void>;
}

export async function openBrowser(options: BrowserContextOptions = {}): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing; install Debian's chromium (apt-get install chromium), as .ci/run does`);
  const profile = mkdtempSync(join(tmpdir(), 'sentry-monitor-chromium-'));
  const context = await chromium.launchPersistentContext(profile, { ...options, executablePath: CHROMIUM, headless: true, args: FLAGS, timeout: 60_000 });
  return {
    context,
    open: async (url) => {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(`console: ${message.text()}`)));
      page.on('pageerror', (error) => void complaints.push(`page: ${error.message}`));
      page.on('requestfailed', (request) => void complaints.push(`request: ${request.url()} ${request.failure()?.errorText ?? ''}`));
      await page.goto(url, { waitUntil: 'load' });
      return { page, complaints };
    },
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
