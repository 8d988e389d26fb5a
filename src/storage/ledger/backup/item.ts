import type { BackupItem } from '../../../core/ports/backup/item.ts';

/** The ledger at that address, as backups are made of it. */
export function ledgerItem(url: string, now: () => number): BackupItem {
  return {
    name: 'ledger',
    async copy(folder) {
      if (!url.startsWith('sqlite:')) return (await import('./postgres/copy.ts')).copyPostgres(url, folder, { now });
      return (await import('./sqlite/copy.ts')).copySqlite(url.slice('sqlite:'.length), folder);
    },
  };
}
