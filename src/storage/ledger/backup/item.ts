import type { BackupItem } from '../../../core/ports/backup/item.ts';

/** The ledger at that address, as backups are made of it. */
export function ledgerItem(url: string): BackupItem {
  return {
    name: 'ledger',
    async copy(folder) {
      const { copySqlite } = await import('./sqlite/copy.ts');
      return copySqlite(url.slice('sqlite:'.length), folder);
    },
  };
}
