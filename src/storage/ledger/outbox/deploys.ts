import * as z from 'zod/mini';
import type { Deploy } from '../../../core/model/alerting/deploy.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText } from '../alerts/safe-text.ts';
import { parse } from '../codec.ts';

const DeployText = z.object({
  id: z.string(),
  what: z.object({ kind: z.enum(['filter', 'team']), name: z.string() }),
  release: z.string(),
  since: z.number(),
  until: z.number(),
});

export async function deploysSince({ db }: Engine, from: number): Promise<readonly Deploy[]> {
  const rows = await db.selectFrom('sentry_monitor_deploys').select('deploy').where('until_at', '>=', from).execute();
  return rows.map(({ deploy }) => parse(DeployText, deploy, 'a release')).sort((a, b) => a.since - b.since);
}

export async function putDeploy({ db }: Engine, deploy: Deploy): Promise<void> {
  const row = { deploy_id: safeText(deploy.id), until_at: deploy.until, deploy: JSON.stringify(deploy) };
  await db
    .insertInto('sentry_monitor_deploys')
    .values(row)
    .onConflict((conflict) => conflict.column('deploy_id').doUpdateSet({ until_at: row.until_at, deploy: row.deploy }))
    .execute();
}
