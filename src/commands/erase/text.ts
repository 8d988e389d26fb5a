import type { Erased } from '../../core/ports/erasing/eraser.ts';
import { wrapped } from '../summary/wrap.ts';

/** What there is of a user, nothing of which was changed. */
export function foundText(found: Erased): string {
  if (found.rows.length === 0) return `nothing is stored of that user\n${leftText(found)}`;
  return `stored of that user, in rows of\n${rowsText(found)}${leftText(found)}`;
}

/** What became of it. */
export function erasedText(erased: Erased): string {
  const { rows, trace } = erased;
  const said = rows.length === 0 ? 'nothing was stored of that user\n' : `erased, in rows of\n${rowsText(erased)}`;
  return `${said}${leftText(erased)}${trace === null ? '' : traceText(trace)}`;
}

function rowsText({ rows }: Erased): string {
  return rows.map(({ table, rows: count }) => `${String(count).padStart(9)}  ${table}\n`).join('');
}

function leftText({ left }: Erased): string {
  return left
    .map(
      ({ table, column, rows }) => wrapped(`left: ${rows} rows of ${table} have it as ${column}: it stays`, 0) + '\n',
    )
    .join('');
}

function traceText(trace: string): string {
  return wrapped(`something of it may still be in the database: ${trace}`, 0) + '\n';
}
