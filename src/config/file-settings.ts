import { commaList, text } from './formats.ts';
import type { Schema } from './schema.ts';

/** What filters files may name of this machine and its network. */
export interface FileSettings {
  /** Names of variables whose values filters files may have as keys; undefined: all but the program's own. */
  readonly fileSecrets: readonly string[] | undefined;
  /** Folders that files may name files of, and keep backups in, and that secrets may come from; undefined: all. */
  readonly fileRoots: readonly string[] | undefined;
  /** Names of hosts that channels may ask although their address is private. */
  readonly privateHosts: readonly string[] | undefined;
}

export const fileSchema: Schema<FileSettings> = {
  fileSecrets: {
    env: 'FILE_SECRETS',
    doc: 'variables that filters files may name as keys; default all but settings of the service and `AWS_…`',
    format: commaList(
      text(/[A-Z][A-Z0-9_]{0,99}/, 'names of variables with commas between them, such as PAYMENTS_KEY'),
    ),
    default: null,
    optional: true,
  },
  fileRoots: {
    env: 'FILE_ROOTS',
    doc: 'folders of files and backups that filters files may name, and of secrets (`…_FILE`); default all',
    format: commaList(
      text(
        /(?:\/(?!\.\.?(?:\/|$))[^/,]+)+\/?/,
        'whole paths of folders with commas between them, such as /var/log/acme',
      ),
    ),
    default: null,
    optional: true,
  },
  privateHosts: {
    env: 'PRIVATE_HOSTS',
    doc: 'hosts with private addresses that a channel of a file may name; an address itself may always stand there',
    format: commaList(text(/[A-Za-z0-9._-]{1,253}/, 'names of hosts with commas between them, such as receiver')),
    default: null,
    optional: true,
  },
};
