import { domainToASCII } from 'node:url';
import { commaList, type Format, inWords, type Show } from '../../../config/formats.ts';

/** Whom a mail is from or goes to. */
export interface Mailbox {
  /** '': it has none. */
  readonly name: string;
  readonly address: string;
}

const LOCAL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/;
const DOMAIN = /^(?=.{1,255}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * One address, its domain as servers know it. NOTE: the lists, groups and comments that addresses may have are refused:
 * in them a text could change who gets the mail.
 */
function readAddress(text: string, show: Show): string {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, Math.max(0, at)), domainToASCII(text.slice(at + 1))];
  if (/[^\x00-\x7f]/.test(local))
    throw new Error(`${show(text)} has letters before its @ that not every server takes; name another address`);
  if (at > 0 && LOCAL.test(local) && !/^\.|\.$|\.\./.test(local) && DOMAIN.test(domain)) return `${local}@${domain}`;
  throw new Error(`${show(text)} is not an e-mail address; write one such as lead@example.com`);
}

/** Addresses, each once whatever its letters look like. */
export const addressList: Format<readonly string[]> = (() => {
  const list = commaList(inWords('an address such as lead@example.com', readAddress));
  const read = (text: string, show: Show): readonly string[] => {
    const all = list(text, show);
    const twice = all.find((one, index) => all.findIndex((other) => isSame(one, other)) !== index);
    if (twice !== undefined) throw new Error(`holds ${show(twice)} twice; remove one`);
    return all;
  };
  return inWords(list.words!, read, list.editors);
})();

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** `Acme alerts <alerts@example.com>`, or an address alone. */
export const mailbox: Format<Mailbox> = inWords('an address, or a name and <an address>', (text, show) => {
  const [, quoted, bare = '', address] = /^(?:"([^"\\]*)"|([^"<>]*?))\s*<([^<>]+)>$/.exec(text) ?? [];
  if (address === undefined) return { name: '', address: readAddress(text, show) };
  const name = (quoted ?? bare).trim();
  if (/[\p{Cc}\p{Cf}]/u.test(name)) throw new Error(`${show(text)} has control characters; write it anew`);
  return { name, address: readAddress(address.trim(), show) };
});
