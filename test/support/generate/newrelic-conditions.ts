import { conditionsOf } from '../../../src/commands/generate/text/conditions/index.ts';
import { newrelicAlerts } from '../../../src/commands/generate/text/newrelic/alerts.ts';
import { filterOf } from '../build/reports.ts';
import { STAGE_FILTERS } from './played-windows.ts';
import { type Block, plainText, resourcesIn } from './terraform.ts';
import { FOUR } from '../rules/rules.ts';

/** Those of the stage; each asks for every alert there is. */
export const FILTERS = STAGE_FILTERS.map((filter) =>
  filterOf({ ...filter, untold: FOUR, labels: { service: 'shop' }, runbook: 'https://wiki.example.com/x' }),
);
export const TEXT = newrelicAlerts(conditionsOf(FILTERS), ['13 filters.']);

/** Of the Terraform: each condition by its name. */
export async function conditions(text = TEXT): Promise<readonly (readonly [string, Block])[]> {
  const { newrelic_nrql_alert_condition: found = {} } = await resourcesIn(text);
  return Object.entries(found).map(([name, blocks]) => [name, blocks[0]!] as const);
}

export function queryOf(condition: Block): string {
  return plainText((condition['nrql'] as readonly Block[])[0]!['query']);
}
