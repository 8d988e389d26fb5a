/** Of a record at most: its lines, and UTF-16 units of its text. */
const MOST_LINES = 1_000;
const MOST_TEXT = 65_536;

/** Lines of a record. What is too much is left out of its middle: the beginning and the end say most. Plain data. */
export interface Body {
  readonly first: string[];
  readonly last: string[];
  /** UTF-16 units of `first` and `last`. */
  firstSize: number;
  lastSize: number;
  /** Lines that were left out between them. */
  left: number;
}

export function emptyBody(): Body {
  return { first: [], last: [], firstSize: 0, lastSize: 0, left: 0 };
}

export function addLine(body: Body, line: string): void {
  const text =
    line.length > MOST_TEXT / 2 ? `${line.slice(0, MOST_TEXT / 2 - 40)} [cut, ${line.length} letters]` : line;
  if (
    body.last.length === 0 &&
    body.left === 0 &&
    body.first.length < MOST_LINES / 2 &&
    body.firstSize + text.length < MOST_TEXT / 2
  ) {
    body.first.push(text);
    body.firstSize += text.length + 1;
    return;
  }
  body.last.push(text);
  body.lastSize += text.length + 1;
  while (body.last.length > MOST_LINES / 2 || body.lastSize > MOST_TEXT / 2) {
    body.lastSize -= body.last.shift()!.length + 1;
    body.left++;
  }
}

/** Takes the last line back; undefined: there is none. */
export function takeLast(body: Body): string | undefined {
  const line = body.last.pop();
  if (line !== undefined) {
    body.lastSize -= line.length + 1;
    return line;
  }
  if (body.left > 0) return undefined;
  const first = body.first.pop();
  if (first !== undefined) body.firstSize -= first.length + 1;
  return first;
}

export function lastLine(body: Body): string | undefined {
  return body.last.at(-1) ?? (body.left > 0 ? undefined : body.first.at(-1));
}

/** All of it; what was left out is said in its place. */
export function linesOf({ first, last, left }: Body): readonly string[] {
  return left === 0 ? [...first, ...last] : [...first, cutMark(left), ...last];
}

function cutMark(left: number): string {
  return `[cut, ${left.toLocaleString('en-US')} ${left === 1 ? 'line' : 'lines'} left out]`;
}
