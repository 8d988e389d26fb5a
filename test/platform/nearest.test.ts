import assert from 'node:assert/strict';
import { nearestOf } from '../../src/platform/nearest.ts';

/** name, known names, the one that was probably meant */
const TABLE: readonly (readonly [string, readonly string[], string | undefined])[] = [
  ['Production', ['staging', 'production'], 'production'],
  ['prodution', ['production'], 'production'],
  ['produktionn', ['production'], 'production'],
  ['prduktionn', ['production'], undefined],
  ['pre_prod', ['prod', 'pre-prod'], 'pre-prod'],
  ['crm web', ['crm-api', 'crm.web'], 'crm.web'],
  ['crm-wbe', ['crm-api', 'crm-web'], 'crm-web'],
  ['crm-wxx', ['crm-wxy', 'crm-wxx1', 'crm-wxz'], 'crm-wxy'],
  ['web2', ['web1', 'web'], 'web1'],
  ['qa', ['qb', 'qaa'], 'qb'],
  ['qa', ['ab'], undefined],
  ['prod', ['prod-eu-west-1', 'production', 'live'], 'production'],
  ['production-eu', ['staging', 'production'], 'production'],
  ['pr', ['production'], undefined],
  ['${ENVIRONMENT}', ['production'], undefined],
  ['x', [], undefined],
  ['a'.repeat(101), ['a'.repeat(101)], undefined],
];

describe('the nearest name', () => {
  for (const [name, known, near] of TABLE)
    it(`to ${JSON.stringify(name.slice(0, 20))} among ${known.join(', ').slice(0, 60) || 'none'}: ${near ?? 'none'}`, () =>
      assert.equal(nearestOf(name, known), near));

  it('is found among 20,000', () => {
    const known = Array.from({ length: 20_000 }, (_, index) => `project-${index}-of-the-organization`);
    assert.equal(nearestOf('projekt-777-of-the-organisation', known), 'project-777-of-the-organization');
  });
});
