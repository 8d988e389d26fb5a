import { isIP } from 'node:net';
import { UpstreamError } from '../../../core/model/errors.ts';
import type { LogFile } from '../../../core/ports/events/log-files.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Answered } from '../../../platform/http/client.ts';
import type { Deps } from '../../plugin.ts';
import { askedParts } from '../asked/address.ts';
import { askedRequest } from '../asked/request.ts';
import type { Place } from './place.ts';

/** What is asked for, and for whom. */
export interface Asked {
  /** Of the instance, for messages. */
  readonly name: string;
  /** Of the setting that holds the place. */
  readonly key: string;
  readonly place: Place;
  readonly maxBytes: number;
}

/** Published documents lead on once or twice. */
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

type BytesDeps = Pick<Deps, 'http' | 'files' | 'privateHosts'>;

/** What is kept there, whole. Rejects with an UpstreamError. */
export async function readBytes(asked: Asked, deps: BytesDeps, scope: Scope): Promise<Uint8Array> {
  const { place } = asked;
  if ('path' in place) return readFile(place.path, asked, deps);
  let url = place.url;
  for (let hops = 0; ; hops++) {
    const answer = await ask(url, hops > 0, asked, { deps, scope });
    if (!('location' in answer)) return answer.bytes;
    if (hops === MOST_REDIRECTS) throw fault(asked.name, 'its address leads from one to the next, without end');
    url = nextOf(url, answer.location, asked.name);
  }
}

type Step = { readonly bytes: Uint8Array } | { readonly location: string };

/** NOTE: where an answer leads is the stranger's choice, so of a private address that is not enough to be asked. */
async function ask(
  url: string,
  isLed: boolean,
  { name, key, place, maxBytes }: Asked,
  { deps, scope }: { readonly deps: BytesDeps; readonly scope: Scope },
): Promise<Step> {
  let answer: Answered | undefined;
  const request = askedRequest(name, [key, url], deps);
  const { guard } = request;
  try {
    const { text } = await deps.http({
      ...request,
      ...askedParts(url),
      ...{ maxBytes, isBinary: true, headers: { Accept: '*/*' }, secrets: [], scope },
      isSecretUrl: 'url' in place && place.isSecret,
      guard: isLed ? (address, host) => guard!(address, isWritten(host) ? '' : host) : guard,
      onAnswer: (it) => (answer = it),
    });
    return { bytes: Buffer.from(text, 'latin1') };
  } catch (error) {
    const location = answer === undefined || !REDIRECTS.has(answer.status) ? undefined : answer.headers['location'];
    if (location === undefined) throw error;
    return { location };
  }
}

function isWritten(host: string): boolean {
  return isIP(host) !== 0 || /^(.+\.)?localhost$/i.test(host);
}

/** Throws for what is not asked: another kind of address, or one that is less safe. */
function nextOf(url: string, location: string, name: string): string {
  if (!URL.canParse(location, url)) throw fault(name, 'its address leads to none');
  const next = new URL(location, url);
  const isSafe = next.protocol === 'https:' || (next.protocol === 'http:' && url.startsWith('http:'));
  if (!isSafe || next.username !== '' || next.password !== '')
    throw fault(name, 'its address leads to one that is not asked; give the address of the document itself');
  next.hash = '';
  return next.href;
}

async function readFile(path: string, { name, maxBytes }: Asked, { files }: BytesDeps): Promise<Uint8Array> {
  let file: LogFile | undefined;
  try {
    file = await files.open(path);
    const buffer = Buffer.alloc(Math.min((await file.facts()).size, maxBytes) + 1);
    let size = 0;
    for (let count = -1; count !== 0 && size < buffer.length; size += count)
      count = await file.read(buffer.subarray(size), size);
    if (size > maxBytes) throw fault(name, `${path} is larger than ${maxBytes / 1024 / 1024} MB`);
    return buffer.subarray(0, size);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    const { code = 'no file' } = error as NodeJS.ErrnoException;
    throw fault(name, `${path} cannot be read (${code}); see that it is there, and may be read`);
  } finally {
    await file?.close();
  }
}

/** Nothing of it passes by itself. */
export function fault(service: string, what: string): UpstreamError {
  return new UpstreamError(`${service}: ${what}`, { service, retryable: false });
}
