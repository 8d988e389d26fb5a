import { type Answer, isRecord, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { takeMail } from './take.ts';

/** Amazon's `SendEmail` of its second version, with whole mails alone: `/v2/email/outbound-emails`. */
export function sesSend(state: State, request: VendorRequest): Answer {
  const { received, clock } = state;
  const refuse = (status: number, type: string, message: string): Answer => {
    received.mail.refused.push({ n: request.n, to: '', status, why: `${type}: ${message}`, at: clock.now() });
    return json(status, { message }, { 'x-amzn-errortype': type });
  };
  if (request.method !== 'POST') return refuse(405, 'MethodNotAllowed', 'only POST');
  if (!isSigned(request)) return refuse(403, 'IncompleteSignatureException', 'it is not signed');
  const body = parseJson(request.raw.toString('utf8'))?.value;
  const given = isRecord(body) ? contentOf(body) : undefined;
  if (given === undefined) return refuse(400, 'BadRequestException', 'the body is not known');
  const id = `0100${String(clock.now()).padStart(14, '0')}-${String(request.n).padStart(8, '0')}`;
  const why = takeMail(state, given.raw, given, { n: request.n, id: `<${id}@eu-west-1.amazonses.com>` });
  return why === undefined
    ? json(200, { MessageId: id })
    : json(400, { message: why }, { 'x-amzn-errortype': 'MessageRejected' });
}

function contentOf(body: Record<string, unknown>) {
  const { FromEmailAddress: from, Destination: destination, Content: content, ...rest } = body;
  const to = isRecord(destination) ? destination['ToAddresses'] : undefined;
  const raw = isRecord(content) && isRecord(content['Raw']) ? content['Raw']['Data'] : undefined;
  const isKnown =
    Object.keys(rest).length === 0 && typeof from === 'string' && Array.isArray(to) && typeof raw === 'string';
  if (!isKnown) return undefined;
  return { from, to: to.map(String), raw: Buffer.from(raw, 'base64').toString('latin1') };
}

/** Whether this account may send: it may. */
export function sesAccount(_state: State, request: VendorRequest): Answer {
  if (!isSigned(request))
    return json(403, { message: 'it is not signed' }, { 'x-amzn-errortype': 'IncompleteSignatureException' });
  return json(200, { SendingEnabled: true, ProductionAccessEnabled: true, EnforcementStatus: 'HEALTHY' });
}

function isSigned({ headers }: VendorRequest): boolean {
  const signature =
    /^AWS4-HMAC-SHA256 Credential=[^,]+\/ses\/aws4_request, SignedHeaders=[^,]+, Signature=[0-9a-f]{64}$/;
  return signature.test(headers.authorization ?? '');
}
