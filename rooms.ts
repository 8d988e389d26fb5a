/**
 * The rooms of the code, and which others each may import. Lint holds every file to it, test/rooms.test.ts the whole
 * graph, and a file that lies in none of them fails that test.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/core/model': [],
  'src/core/ports': ['src/core/model'],
  'src/core/chart': ['src/core/model'],
  'src/core/alerts': ['src/core/chart', 'src/core/ports', 'src/core/model'],
  'src/core/schedules': ['src/core/model'],
  'src/core/logs': ['src/core/model'],
  'src/core/digests': ['src/core/schedules', 'src/core/alerts', 'src/core/ports', 'src/core/model'],
  'src/core/backup': ['src/core/telling', 'src/core/schedules', 'src/core/ports', 'src/core/model'],
  'src/core/erasing': ['src/core/logs', 'src/core/model'],
  'src/core/delivery': ['src/core/ports', 'src/core/model'],
  'src/core/run': ['src/core/delivery', 'src/core/ports', 'src/core/model'],
  'src/core/recount': ['src/core/run', 'src/core/delivery', 'src/core/ports', 'src/core/model'],
  'src/core/backfill': ['src/core/recount', 'src/core/run', 'src/core/delivery', 'src/core/ports', 'src/core/model'],
  'src/core/telling': ['src/core/alerts', 'src/core/run', 'src/core/delivery', 'src/core/ports', 'src/core/model'],
  'src/core/tickets': ['src/core/alerts', 'src/core/logs', 'src/core/ports', 'src/core/model'],
  'src/core/reminders': [
    'src/core/people',
    'src/core/schedules',
    'src/core/telling',
    'src/core/ports',
    'src/core/model',
  ],
  'src/core/watches': ['src/core/telling', 'src/core/alerts', 'src/core/ports', 'src/core/model'],
  'src/core/people': ['src/core/schedules', 'src/core/logs', 'src/core/ports', 'src/core/model'],
  'src/platform': ['src/core'],
  'src/config': ['src/platform', 'src/core'],
  'src/integrations': ['src/config', 'src/platform', 'src/core'],
  'src/storage': ['src/integrations/plugin.ts', 'src/config', 'src/platform', 'src/core'],
  'src/server': ['src/platform', 'src/core'],
  'src/app': ['src/storage', 'src/server', 'src/integrations', 'src/config', 'src/platform', 'src/core'],
  'src/commands': ['src/app', 'src/integrations', 'src/config', 'src/platform', 'src/core', 'sandbox'],
  sandbox: [],
};

/** What a room may import besides itself, for a person. */
export function reasonOf(room: string): string {
  const allowed = ROOMS[room]!.join(', ');
  return `${room} imports only itself${allowed === '' ? '' : ` and ${allowed}`} (rooms.ts).`;
}

/** The room that holds the file; undefined: none does. Paths are from the root of the repository. */
export function roomOf(file: string): string | undefined {
  return Object.keys(ROOMS).find((room) => file.startsWith(`${room}/`));
}

/** Whether a file of `room` may import `file` of another room. */
export function mayImport(room: string, file: string): boolean {
  return ROOMS[room]!.some((it) => file === it || file.startsWith(`${it}/`));
}

/** Patterns of `no-restricted-imports`: every other room by its path, wherever the importing file lies. */
export function forbiddenIn(room: string): readonly { readonly regex: string; readonly message: string }[] {
  const others = Object.keys(ROOMS).filter((other) => other !== room && !mayImport(room, `${other}/index.ts`));
  const outside = room.startsWith('src/core/') ? ['^node:', '^[a-z@]'] : [];
  const patterns = [...others.map((other) => pathTo(room, other)), '/(main|cli)\\.ts$', ...outside];
  return patterns.map((regex) => ({ regex, message: reasonOf(room) }));
}

/** Of an import's path from any depth of `room`. What is allowed of a room that is else closed is let through. */
function pathTo(room: string, other: string): string {
  const isSibling = room.startsWith('src/core/') && other.startsWith('src/core/');
  const own = isSibling ? other.slice('src/core/'.length) : other.replace('src/', '(src/)?');
  const open = ROOMS[room]!.filter((it) => it.startsWith(`${other}/`)).map((it) => it.slice(other.length + 1));
  const except = open.length === 0 ? '' : `(?!${open.join('|').replaceAll('.', '\\.')}$)`;
  return `^(\\.\\./)+${own}/${except}`;
}
