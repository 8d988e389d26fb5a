/** What the name of a copy says: `<server>_<date>_<item>.<ending>`. */
export interface CopyName {
  readonly server: string;
  /** When it was begun, epoch ms; whole seconds. */
  readonly at: number;
  readonly item: string;
  readonly ending: string;
}

/** What proves a copy lies beside it, under its name and this. */
export const PROOF = '.proof.json';

const LOOKS = /^([\w.%-]+)_(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)_([a-z]+)\.([a-z0-9]+(?:\.[a-z0-9]+)?)$/;

export function nameOf({ server, at, item, ending }: CopyName): string {
  const date = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  return `${safe(server)}_${date}Z_${item}.${ending}`;
}

/** Null: it is no copy of ours. */
export function readName(name: string): CopyName | null {
  if (name.endsWith(PROOF)) return null;
  const [, server, date, item, ending] = LOOKS.exec(name) ?? [];
  if (server === undefined) return null;
  const at = Date.parse(date!.replace(/T(..)-(..)-(..)Z/, 'T$1:$2:$3Z'));
  const read = { server: decoded(server), at, item: item!, ending: ending! };
  return Number.isNaN(at) || nameOf(read) !== name ? null : read;
}

/** Letters that names of files and addresses have as they are; `_` divides the parts. */
function safe(server: string): string {
  const rest = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(server.toWellFormed()).replace(/^\.|[_!'()*~]/g, rest);
}

function decoded(server: string): string {
  try {
    return decodeURIComponent(server);
  } catch {
    return server;
  }
}
