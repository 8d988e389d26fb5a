import { type Block, type Column, type IssueLine, onOneLine } from './blocks.ts';

/** For a terminal; without a line break at its end. */
export function asText(blocks: readonly Block[]): string {
  return blocks.flatMap(linesOf).join('\n');
}

function linesOf(block: Block): readonly string[] {
  if ('heading' in block) return [onOneLine(block.heading)];
  if ('words' in block) return [`   ${onOneLine(block.words)}`];
  if ('issues' in block) return block.issues.map(issueLines);
  const { columns, rows } = block;
  const all = [...(columns.some(({ head }) => head !== '') ? [columns.map(({ head }) => head)] : []), ...rows].map(
    (row) => row.map(onOneLine),
  );
  const widths = columns.map(({ least }, index) => Math.max(least, ...all.map((row) => row[index]!.length + 2)));
  return all.map((row) =>
    `   ${row.map((cell, index) => cellOf(cell, widths[index]!, columns[index]!)).join('')}`.trimEnd(),
  );
}

function cellOf(cell: string, width: number, { isNumber = false }: Column): string {
  return isNumber ? cell.padStart(width) : cell.padEnd(width);
}

function issueLines({ events, state, title, url, remark }: IssueLine): string {
  const said = `   ${String(events).padStart(5)}  ${state.padEnd(10)}${short(title)}`;
  const more = [url, remark].filter((it) => it !== undefined && it !== null).map((it) => onOneLine(it));
  return more.length === 0 ? said : `${said}\n${' '.repeat(20)}${more.join('  ')}`;
}

function short(title: string): string {
  const clean = onOneLine(title);
  return clean.length > 58 ? `${clean.slice(0, 57).toWellFormed()}…` : clean;
}
