import type { FilterSet } from '../../config/filters/load.ts';
import type { SettingsFault } from '../../config/schema.ts';
import { faultOf } from '../../core/model/errors.ts';
import type { Finding } from '../../core/ports/finding.ts';
import { examineAddress, inspectAddress } from '../../integrations/observers/dead-mans-switch/examine.ts';
import type { Http } from '../../platform/http/client.ts';
import { parseJson } from '../../platform/http/json.ts';
import type { Redact } from '../../platform/redact.ts';
import type { Check } from './check.ts';

/** Everything that is wrong with settings; or that nothing is. `odd`: variables that are nearly ours. */
export function settingsCheck(faults: readonly SettingsFault[], odd: readonly Finding[]): Check {
  const check = 'settings';
  const wrong = faults.map(({ variable, text }): Finding => ({ check, status: 'failed', variable, say: text }));
  const well: Finding = { check, status: 'ok', say: 'all that are needed are set, and can be read' };
  return told(check, [...wrong, ...odd, ...(wrong.length === 0 ? [well] : [])]);
}

type Odd = Pick<FilterSet['warnings'][number], 'where' | 'text'>;

/** Faults and warnings of the filters files; `odd`: more of these. */
export function filtersCheck({ filters, faults, warnings, files }: FilterSet, odd: readonly Odd[]): Check {
  const check = 'filters';
  const of = (status: Finding['status']) => {
    return ({ where, text }: Odd): Finding => ({ check, status, where, say: text });
  };
  const well: Finding = {
    check,
    status: 'ok',
    say: `${filters.length} to run, from ${files.map(({ path }) => path).join(', ')}`,
  };
  return told(check, [
    ...faults.map(of('failed')),
    ...[...warnings, ...odd].map(of('warning')),
    ...(filters.length > 0 ? [well] : []),
  ]);
}

/** Without an address: nothing. */
export function switchCheck(
  address: string | undefined,
  deps: { readonly http: Http; readonly redact: Redact },
): Check {
  return {
    name: "dead man's switch",
    async *run({ scope, thorough }) {
      if (address === undefined) return;
      const known = inspectAddress(address);
      yield* known;
      if (thorough && known.length === 0) yield* examineAddress(address, deps, scope);
    },
  };
}

const TIMEOUT_MS = 10_000;

/** Whether the address at which people and crons reach this service leads to one. Without an address: nothing. */
export function publicAddressCheck(url: string | undefined, http: Http): Check {
  const name = 'public address';
  const finding = (status: Finding['status'], say: string): Finding => ({
    check: name,
    status,
    variable: 'PUBLIC_URL',
    say,
  });
  return {
    name,
    async *run({ scope }) {
      if (url === undefined) return;
      try {
        const { text } = await http({
          service: name,
          method: 'GET',
          url: `${url}/healthz`,
          urlVariable: 'PUBLIC_URL',
          headers: {},
          timeoutMs: TIMEOUT_MS,
          tries: 2,
          repeatSafe: true,
          secrets: [],
          scope,
        });
        const isOurs = (parseJson(text) as { readonly status?: unknown } | null | undefined)?.status === 'alive';
        yield isOurs
          ? finding('ok', `${url} leads to a running service`)
          : finding('failed', `${url}/healthz is answered by something else; check the proxy before this service`);
      } catch (error) {
        const say = faultOf(error).message.replace(`${name}: `, '');
        yield finding('failed', `${url}/healthz: ${say}; start the service, or mend the proxy before it`);
      }
    },
  };
}

function told(name: string, findings: readonly Finding[]): Check {
  return {
    name,
    async *run() {
      yield* findings;
    },
  };
}
