import type { Fault } from '../http/faults.ts';
import { type Answer, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { AnodotSample } from '../world/received.ts';
import type { State } from '../world/state.ts';
import { judgeSample, type SampleFault } from './sample-rules.ts';

const MOST_SAMPLES = 10_000;

/** POST /api/v1/metrics, protocol anodot20. Bad samples are named inside a 200. */
export function anodotMetrics(state: State, request: VendorRequest, fault?: Fault): Answer {
  if (request.method !== 'POST') return json(404, { errors: ['not found'] });
  if (request.query.get('token') !== state.keys.anodotToken)
    return json(401, { errors: ['Data collection token is invalid'] });
  if (request.query.get('protocol') !== 'anodot20') return whole(state, 400, 2029, 'Invalid protocol');
  const samples = parseJson(request.raw.toString('utf8'))?.value;
  if (!Array.isArray(samples)) return whole(state, 400, 1001, 'JSON parsing error');
  if (samples.length > MOST_SAMPLES) return whole(state, 400, 1002, 'maximal number of entries is 10K per request');
  const errors = samples.flatMap((sample: unknown, index) => {
    const problem = forced(fault, index) ?? judgeSample(sample, state.clock.now());
    if (problem === undefined)
      state.received.anodot.samples.push({ n: request.n, index, sample: sample as AnodotSample });
    else state.received.anodot.refused.push({ n: request.n, index, ...problem, sample });
    return problem === undefined ? [] : [errorJson(state, problem, fault?.whole === true ? null : index)];
  });
  return json(200, { errors });
}

/** What a `partial-refusal` does to the sample at this place. */
function forced(fault: Fault | undefined, index: number): SampleFault | undefined {
  if (fault === undefined) return undefined;
  const every = fault.every ?? 0;
  const hit = fault.indices?.includes(index) === true || (every > 0 && (index + 1) % every === 0);
  return hit
    ? { code: fault.code ?? 2003, description: fault.description ?? 'Metrics per seconds limit reached' }
    : undefined;
}

/** A fault of the whole request has no index. */
export function whole(state: State, status: number, code: number, description: string): Answer {
  return json(status, { errors: [errorJson(state, { code, description }, null)] });
}

function errorJson(state: State, { code, description }: SampleFault, index: number | null): Record<string, unknown> {
  const form = (value: number): string | number => (state.settings.anodotErrors === 'string' ? String(value) : value);
  return { ...(index === null ? {} : { index: form(index) }), error: form(code), description };
}
