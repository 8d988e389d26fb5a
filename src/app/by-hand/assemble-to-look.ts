import { assemble, type Program } from '../assemble.ts';
import type { World } from '../world.ts';
import { SILENT } from './silent.ts';

/** The program as the settings say, which sends nothing and does not log. It needs no sink. Throws a StartError. */
export function assembleToLook(world: World): Program {
  return assemble({ ...world, env: { ...world.env, DRY_RUN: 'true' }, out: SILENT });
}
