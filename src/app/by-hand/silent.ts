import { createLog } from '../../platform/log.ts';
import { createRedactor } from '../../platform/redact.ts';
import type { Voice } from '../plugin-deps.ts';
import type { World } from '../world.ts';

/** Where nothing that is written is seen. */
export const SILENT: World['out'] = { write: () => undefined };

/** Of who does not log. `secrets`: of all parts. */
export function silentVoice(secrets: readonly string[]): Voice {
  const redact = createRedactor(secrets);
  return { secrets, redact, log: createLog({ level: 'silent', format: 'json', server: '' }, redact, SILENT) };
}
