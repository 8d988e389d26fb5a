import { UpstreamError } from '../../../core/model/errors.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { guardOf } from '../../../platform/http/addresses.ts';
import { certificateOf } from '../../../platform/tls/certificate.ts';
import type { Deps } from '../../plugin.ts';

export interface Settings {
  readonly place: { readonly host: string; readonly port: number };
}

const TIMEOUT_MS = 20_000;

/** Whole days until the certificate ends; negative ones since it has. */
export function createTlsWatch({ place }: Settings, deps: Deps, name: string): Watch {
  const guard = guardOf(deps.privateHosts);
  return {
    name,
    async look({ signal }) {
      const found = await certificateOf({ ...place, timeoutMs: TIMEOUT_MS, guard, signal });
      if ('fault' in found) throw new UpstreamError(`${name}: ${found.fault}`, { service: name, ...found.facts });
      return { value: Math.floor((found.validTo - deps.now()) / DAY_MS), more: {}, answer: null };
    },
  };
}
