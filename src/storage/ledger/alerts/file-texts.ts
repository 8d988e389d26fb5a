import type { FileText, FileTexts } from '../../../core/ports/alerting/file-texts.ts';
import type { FileTextRow } from '../../database/alert-tables.ts';
import type { Database } from '../../database/database.ts';
import type { Columns } from '../../database/engine.ts';
import { allGiven, withGiven } from '../../database/given-rows.ts';
import { safeText, textIn } from './safe-text.ts';

const COLUMNS: Columns<FileTextRow> = { path: 'text', content: 'text', since: 'bigint' };

export function sqlFileTexts(database: Database): FileTexts {
  return {
    all: async () => {
      const { db } = await database.ready();
      const rows = await db.selectFrom('sentry_monitor_file_texts').selectAll().orderBy('path').execute();
      return rows.map(({ path, content, since }) => ({ path: textIn(path), text: textIn(content), since }));
    },
    keep: async (texts) => {
      if (texts.length === 0) return;
      await withGiven(await database.ready(), COLUMNS, texts.map(rowOf))
        .insertInto('sentry_monitor_file_texts')
        .columns(['path', 'content', 'since'])
        .expression(allGiven(['path', 'content', 'since'], ['path']))
        .onConflict((conflict) =>
          conflict
            .column('path')
            .doUpdateSet(({ ref }) => ({ content: ref('excluded.content'), since: ref('excluded.since') }))
            .whereRef('sentry_monitor_file_texts.content', '<>', 'excluded.content')
            .whereRef('sentry_monitor_file_texts.since', '<=', 'excluded.since'),
        )
        .execute();
    },
  };
}

function rowOf({ path, text, since }: FileText): FileTextRow {
  return { path: safeText(path), content: safeText(text), since };
}
