import type { Filter } from '../../core/model/filter.ts';
import type { Log, Scope } from '../../core/ports/scope.ts';
import type { Source } from '../../core/ports/source.ts';

export interface PrepareDeps {
  readonly source: Source;
  readonly log: Log;
  openScope(): Scope & { close(): void };
}

/** Looks up what filters need, so that a wrong token or slug shows now and not at night. Never rejects. */
export async function prepare(filters: readonly Filter[], { source, log, openScope }: PrepareDeps): Promise<void> {
  if (filters.length === 0) return;
  const scope = openScope();
  for (const { status, ...finding } of await source.prepare(filters, scope))
    if (status !== 'ok') log[status === 'failed' ? 'error' : 'warn'](finding, 'mend this');
  scope.close();
}
