import type { Program } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import type { Filter } from '../../core/model/filter.ts';
import { isoOf, type Window, windowAt, windowsOf } from '../../core/model/window.ts';
import type { Sink } from '../../core/ports/sink.ts';
import { many } from '../../platform/numbers.ts';
import { asMarkdown } from '../summary/as-markdown.ts';
import { asText } from '../summary/as-text.ts';
import type { Block } from '../summary/blocks.ts';
import type { Summary } from '../summary/summarize.ts';
import { countsTable, issuesTable, reasonsTable, sinksTable } from '../summary/tables.ts';
import { leftOut } from '../or-faults.ts';
import { type Looked, readWindows } from './read-windows.ts';

/** What is looked at. */
export interface Sight {
  readonly span: Window;
  readonly filters: readonly Filter[];
  readonly sinks: readonly Sink[];
}

export interface Style {
  readonly isMarkdown: boolean;
}

/** Of each filter. */
const MOST = { trending: 5, biggest: 5, isTold: true };

/** Reads a span and shows what was found. Gives back the exit code: 1 when something was not read. */
export async function showSpan(sight: Sight, program: Program, world: World, style: Style): Promise<number> {
  const [summaries = []] = await lookAt([{ ...sight, program }], sight.span, world);
  const windows = windowsOf(sight.span).length;
  const users = windows === 1 ? '' : '. Users: the most in one window, as they cannot be added up';
  const head = `${spanText(sight.span)}: ${many(windows, 'window')}, nothing is sent${users}`;
  print([[{ heading: head }], ...sectionsOf(summaries)], program, world, style);
  return endWith(summaries, program, world);
}

function sectionsOf(summaries: readonly Summary[]): readonly (readonly Block[])[] {
  return [countsTable(summaries), issuesTable(summaries, MOST), sinksTable(summaries), reasonsTable(summaries)];
}

/** Each set of filters, summarized. */
export async function lookAt(
  sets: readonly Looked[],
  span: Window,
  world: World,
): Promise<readonly (readonly Summary[])[]> {
  const [settleMs] = sets.map(({ program }) => program.settings.settleMs);
  const { end: lastEnd } = windowAt(world.now(), settleMs!);
  return readWindows(sets, {
    ...{ span, lastEnd },
    shutdown: world.shutdown,
    onWindow: progressOf(windowsOf(span).length, process.stderr),
  });
}

/** A line that is written over, on a terminal alone. */
function progressOf(total: number, terminal: Pick<typeof process.stderr, 'isTTY' | 'write'>): () => void {
  let read = 0;
  const draw = (text: string) => {
    if (terminal.isTTY && total > 1) terminal.write(`\r\u001B[2K${text}`);
  };
  draw(`reading ${many(total, 'window')}`);
  return () => draw(++read === total ? '' : `${read} of ${many(total, 'window')} read`);
}

export function spanText({ start, end }: Window): string {
  const [from, to] = [isoOf(start).slice(0, 16), isoOf(end).slice(0, 16)];
  return `${from} to ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;
}

/** Empty sections leave no blank line. */
export function print(
  sections: readonly (readonly Block[])[],
  { redact }: Pick<Program, 'redact'>,
  { out }: Pick<World, 'out'>,
  { isMarkdown }: Style,
): void {
  const texts = sections.map(isMarkdown ? asMarkdown : asText).filter((text) => text !== '');
  out.write(redact(`${texts.join('\n\n')}\n`));
}

/** Says which filters files were left out. Gives back the exit code. */
export function endWith(summaries: readonly Summary[], { filters, redact }: Program, { err }: World): number {
  err.write(redact(leftOut(filters.faults)));
  return filters.faults.length > 0 || summaries.some(({ unread }) => unread > 0) ? 1 : 0;
}
