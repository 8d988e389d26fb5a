const MEMBER = /^\+(?:-\+)?-{16} (?:\d+|\.\.\.) -{16}$/;
const NEXT_MEMBER = /^ {2}\+-{16} (?:\d+|\.\.\.) -{16}$/;
const LAST_LINE = /^ {2}\+-{36}$/;

/** Lines of a group without its own bars; what is deeper keeps its. The first line is the group's marker. */
export function unbarred(lines: readonly string[]): readonly string[] {
  const indent = Math.max(0, lines[0]!.indexOf('+'));
  return lines.map((line) => withoutBar(line.slice(indent)));
}

function withoutBar(line: string): string {
  return line === '|' ? '' : line.replace(/^\| /, '');
}

/** The line before a group's first member, without the bars of the group. */
export function isMember(line: string): boolean {
  return MEMBER.test(line.trimEnd());
}

/** The lines of each member, without bars; the first line is the one before the first member. */
export function membersOf(lines: readonly string[]): {
  readonly members: readonly (readonly string[])[];
  readonly count: number;
} {
  const members: string[][] = [[]];
  let count = 1;
  for (; count < lines.length; count++) {
    const line = lines[count]!.trimEnd();
    if (LAST_LINE.test(line)) return { members, count: count + 1 };
    if (NEXT_MEMBER.test(line)) members.push([]);
    else members.at(-1)!.push(withoutBar(line.slice(2)));
  }
  return { members, count };
}
