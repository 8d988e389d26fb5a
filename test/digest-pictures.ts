import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictureOf } from '../src/core/chart/picture/picture.ts';
import { chartOf } from '../src/core/chart/said.ts';
import { createPictures } from '../src/platform/pictures/pictures.ts';
import { LOOKS, openMail } from './support/digests/mail-looks.ts';
import { nightMessage } from './support/digests/night.ts';
import { openDrawing } from './support/looks/shoot.ts';

/** Makes the pictures of docs/digests.md: `node test/digest-pictures.ts`. Look at each before it is committed. */
const DOCS = join(import.meta.dirname, '../docs');
const MOST_BYTES = 200_000;

writeFileSync(join(DOCS, 'digest-chart.png'), await createPictures().draw(pictureOf(chartOf(nightMessage())!)));
const browser = await openDrawing();
try {
  for (const [name, look] of [
    ['digest-mail', LOOKS.light],
    ['digest-mail-phone', LOOKS.phone],
  ] as const) {
    const { page, close } = await openMail(browser, look);
    await page.screenshot({ path: join(DOCS, `${name}.png`), fullPage: name === 'digest-mail' });
    await close();
  }
} finally {
  await browser.close();
}
for (const name of ['digest-chart', 'digest-mail', 'digest-mail-phone']) {
  const { size } = statSync(join(DOCS, `${name}.png`));
  if (size > MOST_BYTES) throw new Error(`${name} has ${size} bytes`);
  process.stdout.write(`${name}.png ${size} bytes\n`);
}
