import { UpstreamError } from '../../../core/model/errors.ts';
import type { ErrorEvent } from '../../../core/model/events/event.ts';
import type { LogPlan } from '../../../core/logs/read-log.ts';
import type { Format } from '../../../core/logs/readers/index.ts';
import type { FileFacts, LogFiles } from '../../../core/ports/events/log-files.ts';
import type { IntakeStore, TriedError, TriedEvent } from '../../../core/ports/events/intake.ts';
import { withFile } from './finding/candidates.ts';
import { pathsOf } from './finding/pattern.ts';
import { bytesAt } from './finding/prints.ts';
import { followLog } from './reading/follow-log.ts';
import { triedRecord } from './trial-text.ts';
import { codeOf, wordsOf } from './trouble.ts';

export interface TrialParts {
  readonly name: string;
  /** Whose files they are. */
  readonly reader: string;
  readonly paths: string;
  readonly format: Format;
  readonly from: 'end' | 'start';
  readonly plan: LogPlan;
  readonly files: LogFiles;
}

const LF = 0x0a;

/** Appends an error to the file that was written last, as a program would. Rejects where it would be no event. */
export async function putTried(
  error: TriedError,
  store: Pick<IntakeStore, 'cursors'>,
  parts: TrialParts,
): Promise<TriedEvent> {
  const { name, reader, from, format, files } = parts;
  const text = triedRecord(error, format);
  if (text === null) throw refused(`${name}: the format ${format} is its own; write an error into its file by hand`);
  const event = eventOf(text, error, parts);
  const cursors = await store.cursors([name]);
  if (from === 'end' && !cursors.some((it) => it.name === reader))
    throw refused(`${name} has not looked on this server yet (${reader === '' ? 'shared' : reader}), and begins at the \
end of its file; post a run, or call sentry-monitor intake ${name} --once, and try again`);
  const path = await newestOf(parts);
  try {
    await files.append(path, `${(await hasOpenLine(path, files)) ? '\n' : ''}${text}`);
  } catch (trouble) {
    throw refused(`${name}: ${writeTrouble(path, trouble)}`);
  }
  return { issue: event.issueId, id: null };
}

/** As the intake will read it. */
function eventOf(text: string, { at, environment }: TriedError, { name, plan }: TrialParts): ErrorEvent {
  const reading = followLog(plan, { generation: '', path: '', offset: 0, at }, null);
  reading.push(Buffer.from(text));
  reading.end();
  const [event] = reading.take().events;
  if (event === undefined)
    throw refused(`${name}: an error would be no event there; see its level, exceptions and deny`);
  if (environment !== undefined && event.environment !== environment)
    throw refused(`${name}: a record of its format names no environment; leave out --environment`);
  return event;
}

async function newestOf({ name, paths, files }: TrialParts): Promise<string> {
  const found: { readonly path: string; readonly facts: FileFacts }[] = [];
  const troubles: { readonly path: string; readonly error: unknown }[] = [];
  const trouble = (path: string, error: unknown): void => void troubles.push({ path, error });
  for (const path of await pathsOf(paths, files, trouble))
    try {
      found.push({ path, facts: await withFile(path, files, (file) => file.facts()) });
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') trouble(path, error);
    }
  const [newest] = found.toSorted((a, b) => b.facts.modifiedAt - a.facts.modifiedAt);
  if (newest !== undefined) return newest.path;
  const why = troubles.length > 0 ? wordsOf(troubles) : `there is no file ${paths}; start what writes it, or create it`;
  throw refused(`${name}: ${why}`);
}

async function hasOpenLine(path: string, files: LogFiles): Promise<boolean> {
  return withFile(path, files, async (file) => {
    const { size } = await file.facts();
    return size > 0 && (await bytesAt(file, size - 1, 1))[0] !== LF;
  });
}

function writeTrouble(path: string, error: unknown): string {
  const code = codeOf(error);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return `${path} may not be written by this user (${code}); run this as a user who may, such as the program's own`;
  return `${path} cannot be written (${code === '' ? String(error) : code})`;
}

function refused(text: string): UpstreamError {
  return new UpstreamError(text, { service: 'file', retryable: false });
}
