import type { Program } from '../../app/assemble.ts';
import { faultOf } from '../../core/model/errors.ts';
import type { Filter } from '../../core/model/filter.ts';
import { makeReport, readLater } from '../../core/model/make-report.ts';
import type { Ask } from '../../core/model/reading.ts';
import { isoOf, type Window, windowsOf } from '../../core/model/window.ts';
import type { Sink } from '../../core/ports/sink.ts';
import type { Found } from '../summary/found.ts';
import { foundInReport, notFound } from '../summary/in-report.ts';
import { createSummaries, type Summary } from '../summary/summarize.ts';

/** Filters, and who is asked for them. */
export interface Looked {
  readonly program: Pick<Program, 'source' | 'openScope' | 'settings'>;
  readonly filters: readonly Filter[];
  /** Those of which is shown what they would get. */
  readonly sinks: readonly Sink[];
}

/** When, and until when. */
export interface Look {
  readonly span: Window;
  /** The last settled window's end, epoch ms: what has no history is read as it is then. */
  readonly lastEnd: number;
  readonly shutdown: AbortSignal;
  onWindow(): void;
}

/**
 * Each window as a debug run reads it; nothing is sent. It ends early when the source has no answer for a whole window:
 * what was not asked then is not read, too.
 */
export async function readWindows(sets: readonly Looked[], look: Look): Promise<readonly (readonly Summary[])[]> {
  const found = sets.map(createSummaries);
  let refused: string | undefined;
  for (const window of windowsOf(look.span)) {
    for (const [index, set] of sets.entries()) {
      const said = refused;
      const read =
        said === undefined
          ? await readWindow(set, window, look)
          : set.filters.map(({ name }) => notFound(name, `not asked, because before that ${said}`));
      found[index]!.add(read);
      refused ??= refusalIn(read, look.shutdown);
    }
    look.onWindow();
  }
  return found.map((it) => it.read());
}

function refusalIn(read: readonly Found[], { aborted }: AbortSignal): string | undefined {
  if (aborted) return 'the command was stopped';
  return read.length > 0 && read.every(({ fault }) => fault !== undefined) ? read[0]!.fault : undefined;
}

async function readWindow({ program, filters, sinks }: Looked, window: Window, look: Look): Promise<readonly Found[]> {
  if (filters.length === 0) return [];
  const { source, openScope, settings } = program;
  const asks = filters.map((filter): Ask => ({ filter, window, want: 'full' }));
  const found = new Map<Ask, Found>();
  const scope = openScope(`preview ${isoOf(window.start)}`, settings.runDeadlineMs);
  let fault = 'the source gave no answer';
  try {
    for await (const answer of source.read(asks, scope)) {
      const { filter } = answer.ask;
      if ('fault' in answer) found.set(answer.ask, notFound(filter.name, answer.fault.message));
      else {
        const reading = window.end < look.lastEnd ? readLater(filter, answer.reading) : answer.reading;
        found.set(answer.ask, foundInReport(makeReport(filter, window, reading), sinks));
      }
    }
  } catch (error) {
    fault = faultOf(error).message;
  } finally {
    scope.close();
  }
  return asks.map((ask) => found.get(ask) ?? notFound(ask.filter.name, fault));
}
