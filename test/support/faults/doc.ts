import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderTable } from './doc-table.ts';

/** `node test/support/faults/doc.ts` writes docs/faults.md anew. Look at what changed before you commit it. */
writeFileSync(join(import.meta.dirname, '../../../docs/faults.md'), await renderTable());
process.stdout.write('docs/faults.md is written\n');
