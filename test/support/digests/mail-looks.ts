import type { BrowserContextOptions } from 'playwright-core';
import { fit, type MailBody, PICTURE_ID } from '../../../src/integrations/channels/email/fit.ts';
import { createPictures } from '../../../src/platform/pictures/pictures.ts';
import type { Browser, Tab } from '../pages/browser.ts';
import { nightMessage } from './night.ts';

/** How a mail may be read. */
export const LOOKS = {
  light: { viewport: { width: 700, height: 900 } },
  dark: { viewport: { width: 700, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: 'dark' },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;

/** A digest's mail as a program for mail shows it: the pictures of a mail are in it. */
export async function openMail(browser: Browser, look: BrowserContextOptions): Promise<Tab> {
  const { picture } = fit(nightMessage(), 'rich', 'lead@example.com').body as unknown as MailBody;
  const png = Buffer.from(await createPictures().draw(picture!.drawing));
  const tab = await browser.open('about:blank', look);
  const html = picture!.html.replaceAll(`cid:${PICTURE_ID}`, `data:image/png;base64,${png.toString('base64')}`);
  await tab.page.setContent(html);
  return tab;
}
