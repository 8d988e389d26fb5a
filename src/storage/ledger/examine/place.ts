import { dirname } from 'node:path';
import type { Finding } from '../../../core/ports/finding.ts';
import type { Disk } from '../../../integrations/plugin.ts';

/** As `accessSync` takes them. */
const [READ, WRITE, ENTER] = [4, 2, 1];

const VARIABLE = 'LEDGER_URL';

/** The path of a SQLite file; undefined: the ledger is elsewhere. */
export function pathOf(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
}

/** Whether the folder of a SQLite file is there. */
export function inspectPlace(url: string, name: string, disk: Disk): readonly Finding[] {
  const path = pathOf(url);
  if (path === undefined || isFolder(dirname(path), disk)) return [];
  const say = `the folder ${dirname(path)} is missing; create it for the user of the service, or name another place`;
  return [{ check: name, status: 'failed', variable: VARIABLE, say }];
}

/** What keeps a SQLite file from being used or made; a finding that is ok: it is not there yet, and can be made. */
export function lookAtFile(path: string, name: string, disk: Disk): Finding | undefined {
  const folder = dirname(path);
  const finding = (status: Finding['status'], say: string): Finding => ({
    check: name,
    status,
    variable: VARIABLE,
    say,
  });
  const closed = codeOf(() => disk.accessSync(folder, WRITE + ENTER));
  if (closed !== undefined)
    return finding('failed', `the folder ${folder} cannot be written (${closed}); give it to the user of the service`);
  const missing = codeOf(() => disk.statSync(path));
  if (missing === 'ENOENT') return finding('ok', `the SQLite file ${path} is not there yet; the service makes it`);
  if (isFolder(path, disk)) return finding('failed', `${path} is a folder; write the path of a file in it`);
  const unusable = codeOf(() => disk.accessSync(path, READ + WRITE));
  if (unusable === undefined) return undefined;
  return finding(
    'failed',
    `the SQLite file ${path} cannot be read and written (${unusable}); give it to the user of the service`,
  );
}

function isFolder(path: string, disk: Disk): boolean {
  try {
    return disk.statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Why it cannot be done; undefined: it can. */
function codeOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    return typeof code === 'string' ? code : 'unknown error';
  }
}
