import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { organizationOf, type State } from '../world/state.ts';

/** GET organizations/: those that the token belongs to. */
export function organizationList(state: State, request: VendorRequest): Answer {
  return json(200, [organizationJson(state, request)]);
}

/** GET organizations/{org}/. */
export function organizationDetails(state: State, request: VendorRequest): Answer {
  return json(200, organizationJson(state, request));
}

function organizationJson(state: State, { base }: VendorRequest): Record<string, unknown> {
  const slug = organizationOf(state);
  return {
    id: '1',
    slug,
    name: slug,
    status: { id: 'active', name: 'active' },
    links: { organizationUrl: base, regionUrl: base },
  };
}
