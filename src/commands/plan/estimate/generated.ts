import type { Filter } from '../../../core/model/filter.ts';
import { number } from '../../../platform/numbers.ts';
import { conditionsOf } from '../../generate/text/conditions/index.ts';
import { dashboardsFor } from '../../generate/text/newrelic/dashboard.ts';
import { MOST } from '../../generate/text/newrelic/limits.ts';
import { judged, policiesOf, tooManyConditions } from '../../generate/text/newrelic/policies.ts';
import type { RecordsInput } from './types.ts';

/** As `SinkCost.keys` has it. */
const VENDOR = 'newRelic';

/** What `dashboard newrelic` and `alerts newrelic` will have to divide, or will refuse. */
export function generatedWarnings({ filters, sinks, sinkCosts }: RecordsInput): readonly string[] {
  const accounts = sinks.filter(({ name }) => sinkCosts[name]?.keys.vendor === VENDOR);
  return accounts.flatMap(({ name }) => {
    const sent = filters.filter((filter) => filter.sinks?.includes(name) ?? true);
    const whose = accounts.length === 1 ? 'New Relic' : `New Relic (${name})`;
    return [...ofDashboards(sent), ...ofAlerts(sent)].map((text) => `${whose}: ${text}`);
  });
}

function ofDashboards(filters: readonly Filter[]): readonly string[] {
  const count = dashboardsFor(filters);
  if (count === 1) return [];
  return [
    `a dashboard has at most ${MOST.pages} pages, so these teams need ${count} dashboards; ` +
      'the command dashboard newrelic makes each with --part',
  ];
}

function ofAlerts(filters: readonly Filter[]): readonly string[] {
  const conditions = conditionsOf(filters);
  const refused = tooManyConditions(conditions);
  if (refused !== undefined) return [`the command alerts newrelic will make nothing: ${refused}`];
  const policies = policiesOf(conditions).length;
  if (policies === 1) return [];
  return [
    `${number(judged(conditions).length)} alert conditions are ${policies} policies, ` +
      `as one has at most ${number(MOST.conditions)}: give each its workflow`,
  ];
}
