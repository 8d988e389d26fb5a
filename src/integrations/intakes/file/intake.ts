import type { Intake, IntakeTrial, IntakeOrder, IntakeStore, Taken } from '../../../core/ports/events/intake.ts';
import type { LogFiles } from '../../../core/ports/events/log-files.ts';
import type { Format } from '../../../core/logs/readers/index.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Deps } from '../../plugin.ts';
import type { LogSettings } from '../../vendors/logs/keys.ts';
import { createCounting } from '../../vendors/logs/counting.ts';
import { readLocal } from '../../vendors/logs/read-local.ts';
import type { TextReading } from '../../vendors/logs/text-basket.ts';
import { planOf } from '../../vendors/logs/plan.ts';
import { bytesAt, hashOf, PRINT_BYTES } from './finding/prints.ts';
import { withFile } from './finding/candidates.ts';
import { reconcile } from './finding/reconcile.ts';
import { readAll } from './look.ts';
import { positionIn } from './position.ts';
import { createWriter } from './reading/writer.ts';
import { putTried } from './trial.ts';
import { type FileTrouble, wordsOf } from './trouble.ts';

export interface Settings extends LogSettings {
  /** A path, or a pattern of paths. */
  readonly paths: string;
  readonly format: Format;
  /** Of the first line of a record, for the format of that name. */
  readonly pattern: string | undefined;
  /** Where a file is begun that is there at the first look. */
  readonly from: 'end' | 'start';
  /** Its disk is one of all servers. */
  readonly shared: boolean;
}

/** Of the scope's time so much is kept for what was read, ms. */
const KEPT_MS = 2_000;

/** Events out of files, and one into them. */
export interface FileIntake extends Pick<Intake, 'name' | 'take'>, Pick<IntakeTrial, 'put'> {}

/** Events out of log files. Every server reads its own, or all read those of a shared disk. */
export function createFileIntake(settings: Settings, deps: Deps, name: string): FileIntake {
  const { shared } = settings;
  const reader = shared ? '' : deps.server;
  const files = shared ? withoutDevice(deps.files) : deps.files;
  const plan = planOf(settings.format, settings, { pattern: settings.pattern });
  const take = async (
    store: Pick<IntakeStore, 'add' | 'cursors'>,
    order: IntakeOrder,
    { signal, deadline }: Scope,
  ): Promise<Taken> => {
    const began = deps.now();
    if (order.file !== undefined) return readByHand(order.file, files, { plan, store, project: name, at: began });
    const cursors = await store.cursors([name]);
    const after = cursors.find((it) => it.name === reader)?.position ?? null;
    const before = positionIn(after);
    const found = await reconcile(before, { paths: settings.paths, files, now: began });
    const writer = createWriter({
      ...{ store, project: name, reader, after, plan, limit: order.limit, at: began },
      since: settings.from === 'end' ? began : undefined,
      place: { at: found.at, passed: found.passed },
    });
    const looked = await readAll(found.items, order.openAfterMs, {
      ...{ plan, files, writer, owner: reader, began },
      fromEnd: before === undefined && settings.from === 'end',
      hasLimit: order.limit !== undefined,
      isOver: () => signal.aborted || deps.now() > deadline - KEPT_MS,
    });
    const troubles = [...found.troubles, ...looked.troubles];
    await writer.flush(troubles.length > 0 ? null : looked.watermark);
    const taken = writer.taken(looked.isDrained);
    const trouble = troubleOf(found.items.length, troubles, settings);
    return trouble === null ? taken : { ...taken, trouble: deps.redact(trouble) };
  };
  const { paths, format, from } = settings;
  return {
    name,
    take,
    put: (error, store) => putTried(error, store, { name, reader, paths, format, from, plan, files }),
  };
}

/** A file as it is, whole and once. */
async function readByHand(path: string, files: LogFiles, reading: Omit<TextReading, 'counting'>): Promise<Taken> {
  const counting = createCounting();
  const prefix = `${hashOf(await firstBytes(path, files))}:`;
  await readLocal(path, prefix, files, { ...reading, counting });
  return counting.taken(true);
}

function troubleOf(known: number, troubles: readonly FileTrouble[], { paths }: Settings): string | null {
  if (troubles.length > 0) return wordsOf(troubles);
  return known > 0 ? null : `there is no file ${paths} yet; it is read as soon as there is one`;
}

/** A disk that is shared has a number of each server's own. */
function withoutDevice({ names, append, open }: LogFiles): LogFiles {
  return {
    names,
    append,
    async open(path) {
      const file = await open(path);
      return { ...file, facts: async () => ({ ...(await file.facts()), device: '' }) };
    },
  };
}

/** NOTE: it is whatever it is called: the same file has the same events. */
async function firstBytes(path: string, files: LogFiles): Promise<Uint8Array> {
  return withFile(path, files, (file) => bytesAt(file, 0, PRINT_BYTES)).catch(() => new Uint8Array());
}
