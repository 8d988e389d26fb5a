import { markdown, markdownLink } from '../generate/text/newrelic/markdown.ts';
import { type Block, type IssueLine, onOneLine } from './blocks.ts';

/** For a pull request; without a line break at its end. */
export function asMarkdown(blocks: readonly Block[]): string {
  return blocks.map(oneOf).join('\n\n');
}

function oneOf(block: Block): string {
  if ('heading' in block) return `### ${plain(block.heading)}`;
  if ('words' in block) return plain(block.words);
  if ('columns' in block) {
    const { columns, rows } = block;
    const rules = columns.map(({ isNumber = false }) => (isNumber ? '---:' : '---'));
    return [line(columns.map(({ head }) => plain(head))), line(rules), ...rows.map((row) => line(row.map(plain)))].join(
      '\n',
    );
  }
  return [line(['events', 'state', 'issue']), line(['---:', '---', '---']), ...block.issues.map(issueLine)].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function issueLine({ events, state, title, url, remark }: IssueLine): string {
  const words = url === null || !isWeb(url) ? plain(title) : markdownLink(quiet(title), url);
  return line([String(events), plain(state), remark === undefined ? words : `${words}, ${plain(remark)}`]);
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

function plain(text: string): string {
  return markdown(quiet(text));
}

/** A title that names somebody calls nobody. */
function quiet(text: string): string {
  return onOneLine(text).replaceAll('@', '@\u200B');
}
