import { meansRule } from '../../core/model/alerting/means-rule.ts';
import type { MuteScope } from '../../core/model/alerting/rule.ts';
import type { Filter } from '../../core/model/filter.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import { type Releases, watchReleases } from '../../core/telling/upkeep/watch-releases.ts';
import type { KeptDeps } from './deps.ts';
import { allMutes } from './in-force.ts';

type Deps = Omit<KeptDeps, 'isReleased'>;

/** Mutes that wait for a release, and the filters whose events are looked at for it. */
export function releasesOf(deps: Deps): Releases {
  return watchReleases({
    ...deps,
    mutes: () => allMutes(deps),
    filtersOf: (what) => filtersOf(what, deps),
    unmute: (id) => deps.outbox.unmute(id),
  });
}

/** Of an issue the first filter in which it had events; of a rule those that have it. */
async function filtersOf(what: MuteScope, { inForce, alerts }: Deps): Promise<readonly Filter[]> {
  const filters = inForce().filters.filter(hasRules);
  switch (what.kind) {
    case 'filter':
      return filters.filter(({ name }) => name === what.name);
    case 'rule':
      return filters.filter(({ name, alerts: rules = [] }) =>
        rules.some((rule) => meansRule(what, name, [rule.name, rule.sentence])),
      );
    case 'issue':
      return alerts.look(async (trx) => {
        for (const filter of filters) if ((await trx.issues(filter.name, [what.name])).size > 0) return [filter];
        return [];
      });
    default:
      return [];
  }
}
