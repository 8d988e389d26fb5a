import type { KyselyPlugin } from 'kysely';
import type { Database } from '../../../src/storage/database/database.ts';

/** A way to a database that is gone after so many statements: as if the process had ended there. */
export function stoppingAfter(database: Database, statements: number): { readonly database: Database; left(): number } {
  let left = statements;
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (--left < 0) throw new Error('the process is gone');
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const ready: Database['ready'] = async () => {
    const engine = await database.ready();
    return { ...engine, db: engine.db.withPlugin(plugin) };
  };
  return { database: { ...database, ready }, left: () => left };
}
