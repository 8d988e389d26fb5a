import { type Browser, openBrowser } from '../pages/browser.ts';
import { packagedChromium } from '../pages/chromium.ts';
import { openState, type State } from './states.ts';

/** A browser that draws the same wherever it runs. */
export function openDrawing(): Promise<Browser> {
  return openBrowser(packagedChromium);
}

/** The whole page as PNG. The browser's clock stands still at the service's. */
export async function shoot(browser: Browser, state: State): Promise<Uint8Array> {
  const { bench, service } = await openState(state);
  try {
    const look = { locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' as const, ...state.look };
    const tab = await browser.open(`${service.url}${state.path}`, look, async (page) => {
      await page.clock.install({ time: bench.clock.now() });
      await page.clock.pauseAt(bench.clock.now() + 1_000);
    });
    try {
      return await tab.page.screenshot({ fullPage: true, animations: 'disabled' });
    } finally {
      await tab.close();
    }
  } finally {
    await bench.close();
  }
}
