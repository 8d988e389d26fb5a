import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/model/filter.ts';
import { anodot } from '../../../../src/integrations/sinks/anodot/index.ts';
import { TOKEN } from '../../../support/build/anodot.ts';
import { filterOf } from '../../../support/build/reports.ts';

function vet(filters: readonly Filter[]): readonly string[] {
  return anodot
    .read({ ANODOT_TOKEN: TOKEN })
    .vet(filters)
    .map(({ filter, key, text }) => `${filter} ${key}: ${text}`);
}

describe('Anodot metrics', () => {
  it('of two names that become one are refused at start', () => {
    assert.deepEqual(
      vet([filterOf({ projects: ['crm_web', 'crm-api'] }), filterOf({ name: 'b', projects: ['crm_web'] })]),
      [],
    );
    assert.deepEqual(vet([filterOf({ projects: ['crm.web', 'crm_web'] })]), [
      'crm-checkout projects: crm_web and crm.web of crm-checkout would become one in Anodot (crm_web); leave one out, or send this filter elsewhere with sinks',
    ]);
  });
});
