import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTexts, ROOT } from './text.ts';

/** `npm run docs` writes what is made from keys and settings anew. Look at what changed before you commit it. */
for (const [file, text] of configTexts()) {
  writeFileSync(join(ROOT, file), text);
  process.stdout.write(`${file} is written\n`);
}
