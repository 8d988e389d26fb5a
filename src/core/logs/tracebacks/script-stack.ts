import type { Chain, TraceFrame } from './traceback.ts';

const CALL = /^\s+at (?:async )?(?:(.{1,300}?) \()?((?:file:\/\/)?[^()\s][^()]{0,1000}?):(\d{1,9}):(\d{1,9})\)?$/;
const HEAD = /^(?:Uncaught )?([A-Za-z_$][\w$.]{0,200})(?: \[[\w-]{1,100}\])?(?:: ([\s\S]*))?$/;
const CAUSE = /^\s*(?:Caused by:|\[cause\]:|caused by:) (.*)$/;

/** A stack as JavaScript writes it, the newest call first; with its causes. Empty: it is none. */
export function parseScriptStack(text: string): readonly Chain[] {
  const blocks: string[][] = [[]];
  for (const line of text.split('\n')) {
    const cause = CAUSE.exec(line)?.[1];
    if (cause === undefined) blocks.at(-1)!.push(line);
    else blocks.push([cause]);
  }
  const chain = blocks.flatMap((lines, n) => {
    const frames = lines.flatMap((line) => frameOf(line) ?? []).toReversed();
    const first = lines.findIndex((line) => CALL.test(line));
    const [, type, message = ''] = HEAD.exec(lines.slice(0, first === -1 ? 1 : first).join('\n')) ?? [];
    if (type === undefined || (n === 0 && frames.length === 0)) return [];
    return [{ type, message, frames, members: [] }];
  });
  const oldest = chain.toReversed();
  return oldest.length === 0
    ? []
    : [oldest.map((raised, n) => ({ ...raised, by: n === 0 ? null : ('cause' as const) }))];
}

function frameOf(line: string): TraceFrame | null {
  const [, name = null, path, at] = CALL.exec(line) ?? [];
  if (path === undefined) return null;
  return { path: path.replace(/^file:\/\//, ''), line: Number(at), function: name };
}
