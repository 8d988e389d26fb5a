/** A fenced block of a page, or what a comment has prepared that no reader sees. */
export interface Block {
  /** Of its first line inside, from 1. */
  readonly line: number;
  /** The word behind the fence, such as `sh`; `given` for a comment that begins so. */
  readonly language: string;
  readonly text: string;
  /** What a comment above it says of it, such as `not run: needs an account`. */
  readonly mark: string | undefined;
}

const BLOCK = /^( *)```([\w-]*)[^\n]*\n([^]*?)^\1```$|^<!-- given:\n([^]*?)^-->$/gm;
const MARK = /<!--\s*((?:not run|ends|output)\b[^]*?)\s*-->\s*$/;

/** All blocks, from above. A mark belongs to the block that follows it, with nothing but blanks between. */
export function blocksOf(page: string): readonly Block[] {
  let last = 0;
  return [...page.matchAll(BLOCK)].map((found) => {
    const [whole, indent = '', language = '', inside = '', given] = found;
    const before = page.slice(last, found.index);
    last = found.index + whole.length;
    const line = page.slice(0, found.index).split('\n').length + 1;
    if (given !== undefined) return { line, language: 'given', text: given, mark: undefined };
    const text = inside.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    return { line, language, text, mark: MARK.exec(before)?.[1]?.replaceAll(/\s+/g, ' ') };
  });
}
