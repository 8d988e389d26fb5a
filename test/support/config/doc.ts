import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliTexts } from '../docs/cli-text.ts';
import { exampleTexts } from '../docs/example-texts.ts';
import { configTexts, ROOT } from './text.ts';

/** `npm run docs` writes what is made from code anew. Look at what changed before you commit it. */
for (const [file, text] of [...configTexts(), ...(await cliTexts()), ...exampleTexts()]) {
  writeFileSync(join(ROOT, file), text);
  process.stdout.write(`${file} is written\n`);
}
