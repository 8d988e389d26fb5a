/** A fenced block of a page. */
export interface Block {
  /** Of its first line inside, from 1. */
  readonly line: number;
  /** The word behind the fence, such as `sh`. */
  readonly language: string;
  readonly text: string;
  /** What a comment above it, which no reader sees, says of it: `not run: needs an account`. */
  readonly mark: string | undefined;
}

const FENCE = /^( *)```([\w-]*)[^\n]*\n([^]*?)^\1```$/gm;
const MARK = /<!--\s*((?:not run|ends|output)\b[^]*?)\s*-->\s*$/;

/** All fenced blocks, from above. A mark belongs to the block that follows it, with nothing but blanks between. */
export function blocksOf(page: string): readonly Block[] {
  let last = 0;
  return [...page.matchAll(FENCE)].map((found) => {
    const [whole, indent = '', language = '', inside = ''] = found;
    const before = page.slice(last, found.index);
    last = found.index + whole.length;
    return {
      line: page.slice(0, found.index).split('\n').length + 1,
      language,
      text: inside.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      mark: MARK.exec(before)?.[1]?.replaceAll(/\s+/g, ' '),
    };
  });
}
