import { type FilterText, readFilterFiles } from '../../config/filters/load.ts';
import { placePrint, textsPrint } from '../../config/reload/prints.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Disk } from '../world.ts';

const CHECK = 'filters in force';

/** The filters of these settings: a file, or a folder. */
export interface OwnFilters {
  readonly path: string;
  readonly disk: Disk;
}

/** What `/readyz` says of the filters; older services say less. */
interface Said {
  /** Epoch ms. */
  readonly loadedAt: number;
  readonly rejected: number;
  readonly print: string | undefined;
  readonly place: string | undefined;
}

/** Whether the filters in force in the running service are those of the files. `body`: of its `/readyz`. */
export function* inForceFindings(body: unknown, { path, disk }: OwnFilters): Generator<Finding> {
  const said = saidIn(body);
  if (said === undefined) return;
  const { files } = readFilterFiles(path, disk);
  const newer = newerThan(said.loadedAt, path, files, disk);
  if (isSame(said, files, newer)) yield { check: CHECK, status: 'ok', say: 'those of the files' };
  else if (said.place !== undefined && said.place !== placePrint(path)) {
    const say =
      'names another place than the running service reads, and other filters; ' +
      'look with the settings of that service, or restart it with these';
    yield { check: CHECK, status: 'warning', variable: 'FILTERS', where: path, say };
  } else {
    const say = changedWords(said, newer.length > 0);
    for (const where of newer.length > 0 ? newer : [path]) yield { check: CHECK, status: 'warning', where, say };
  }
}

function isSame({ print }: Said, files: readonly FilterText[], newer: readonly string[]): boolean {
  return print === undefined ? newer.length === 0 : print === textsPrint(files.map(({ text }) => text));
}

function changedWords({ loadedAt, rejected }: Said, isNewer: boolean): string {
  const at = new Date(loadedAt).toISOString();
  if (rejected > 0)
    return `is not in force in the running service, which rejected the newest text of ${rejected}: mend the faults`;
  if (isNewer) return `was changed after the running service had loaded it at ${at}; reload or restart it`;
  return `is not what the running service loaded at ${at}; reload or restart it`;
}

/** Of the folder and its files. */
function newerThan(at: number, path: string, files: readonly FilterText[], disk: Disk): readonly string[] {
  return [...new Set([path, ...files.map((file) => file.path)])].filter((one) => {
    try {
      return disk.statSync(one).mtimeMs > at;
    } catch {
      return false;
    }
  });
}

function saidIn(body: unknown): Said | undefined {
  const { filters } = (body ?? {}) as { readonly filters?: Readonly<Record<string, unknown>> | null };
  const [loadedAt, rejected] = [filters?.['loadedAt'], filters?.['rejected']];
  const at = typeof loadedAt === 'string' ? Date.parse(loadedAt) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return {
    loadedAt: at,
    rejected: typeof rejected === 'number' ? rejected : 0,
    print: textOf(filters?.['print']),
    place: textOf(filters?.['place']),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
