import * as z from 'zod/mini';
import { AT_EXAMPLES, AT_LOOKS, AT_PATTERN, readAt } from '../digests/at.ts';
import { map, text } from '../filters/kinds.ts';
import { type Key, optional, shapeOf } from '../filters/shape.ts';
import { fits, readBy, reads } from '../filters/texts.ts';
import { words } from '../rules/editors.ts';

const EXAMPLE = '{ at: Sat 15:00 UTC, to: /var/backups/sentry-monitor, keep: 60d }';

/** A folder by its whole path, or a bucket and what names in it begin with. */
export const PLACE =
  /^(?:\/[^\u0000-\u001f]*[^\u0000-\u001f/]|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w!.*'()-]+)*\/?)$/;
const KEEP = /^[1-9][0-9]{0,3}d$/;

/** All that `backup` may have. */
export const BACKUP_KEYS = {
  at: {
    doc: 'when a copy is made, as of a digest; required',
    schema: text(readBy(readAt), words(AT_LOOKS, AT_PATTERN, AT_EXAMPLES)),
  },
  to: {
    doc: 'where copies are kept: the whole path of a folder that is there, or `s3://bucket/prefix`; required',
    schema: text(...fits(PLACE, 'the whole path of a folder such as /var/backups/acme, or s3://bucket/prefix')),
  },
  keep: {
    doc: 'how long copies are kept, days; without: all of them are',
    schema: text(...fits(KEEP, 'a number of days such as 60d')),
  },
} satisfies Record<string, Key>;

const NEEDED = ['at', 'to'] as const;

export const BACKUP = map(
  shapeOf(BACKUP_KEYS, optional),
  'is not a key of backup',
  `must be a map; write ${EXAMPLE}`,
).check(
  z.meta({ required: [...NEEDED], description: 'copies of the ledger and of the files, made at set times' }),
  reads((value) => {
    const missing = NEEDED.filter((key) => value[key] === undefined);
    if (missing.length === 0) return undefined;
    return `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing; write ${EXAMPLE}`;
  }),
);

/** As the file has it. */
export type WrittenBackup = z.output<typeof BACKUP>;
