import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SNAPSHOTS } from './support/looks/compare.ts';
import { openDrawing, shoot } from './support/looks/shoot.ts';
import { STATES } from './support/looks/states.ts';

/** Makes the pictures that tests compare the page with: `npm run snapshots`. Look at each before it is committed. */
rmSync(SNAPSHOTS, { recursive: true, force: true });
mkdirSync(SNAPSHOTS, { recursive: true });
const browser = await openDrawing();
try {
  for (const state of STATES) {
    const picture = await shoot(browser, state);
    writeFileSync(join(SNAPSHOTS, `${state.name}.png`), picture);
    process.stdout.write(`${state.name} ${picture.length} bytes\n`);
  }
} finally {
  await browser.close();
}
