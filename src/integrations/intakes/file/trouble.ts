import { LedgerRefused, LedgerTrouble } from '../../../core/model/errors.ts';

/** A file, or a folder, that cannot be read just now. */
export interface FileTrouble {
  readonly path: string;
  readonly error: unknown;
}

/** Whether an error is of a file: one of the store's is its own. */
export function isOfFile(error: unknown): boolean {
  if (error instanceof LedgerTrouble || error instanceof LedgerRefused) return false;
  return /^(?:E[A-Z]+|Z_[A-Z_]+)$/.test(codeOf(error));
}

/** For people. */
export function wordsOf(troubles: readonly FileTrouble[]): string {
  const [first, ...others] = troubles.map(({ path, error }) => `${path} ${WORDS[codeOf(error)] ?? unreadable(error)}`);
  return others.length === 0 ? first! : `${first!}; and so ${others.length} more`;
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by this user; allow it, also for files that rotation makes (see docs/logs.md)',
  EPERM: 'may not be read by this user; allow it, also for files that rotation makes (see docs/logs.md)',
  EOUTSIDE: 'is outside of FILE_ROOTS; add its folder there, or name another file',
  ELOOP: 'is a link; name the file itself',
  EINVAL: 'is no regular file; name the log itself, not its folder, a pipe or a device',
  EAGAIN: 'has files beside it that are renamed all the time; the next look tries again',
  Z_BUF_ERROR: 'is a packed file that breaks off',
  Z_DATA_ERROR: 'is no packed file, or a broken one',
};

function unreadable(error: unknown): string {
  return `cannot be read (${codeOf(error)})`;
}

export function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}
