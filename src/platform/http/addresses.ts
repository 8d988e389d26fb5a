import { BlockList, isIP, isIPv6 } from 'node:net';
import type { AddressGuard } from './guarded-lookup.ts';

/** Machines of a cloud tell secrets there, and nobody else is there: link-local addresses, and the odd ones. */
const NEVER = blockList(
  ['0.0.0.0/8', '169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32', '192.0.0.0/24', '224.0.0.0/3'],
  ['fe80::/10', 'fec0::/10', 'fd00:ec2::/32', 'fd20:ce::/32', 'ff00::/8', '::/128'],
);
/** Of this machine, or of a network of one's own. */
const PRIVATE = blockList(
  ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15'],
  ['::1/128', 'fc00::/7'],
);

/**
 * Addresses that a file may name. Private ones only where the file has the address itself (or `localhost`), or where
 * the operator allows the host: a name could lead anywhere later.
 */
export function guardOf(privateHosts: readonly string[] = []): AddressGuard {
  const allowed = new Set(privateHosts.map((host) => host.toLowerCase()));
  return (address, host) => {
    if (holds(NEVER, address)) return 'is link-local or reserved, which nobody asks; write another one';
    const isWritten = isIP(host) !== 0 || /^(.+\.)?localhost$/i.test(host) || allowed.has(host.toLowerCase());
    if (isWritten || !holds(PRIVATE, address)) return null;
    return `is private; write the address itself in place of ${host}, or add ${host} to PRIVATE_HOSTS`;
  };
}

/** NOTE: IPv4 also as IPv6 writes it: mapped, and as a network that translates does. */
function blockList(four: readonly string[], six: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (subnet: string, kind: 'ipv4' | 'ipv6', before = '', more = 0): void => {
    const [net, bits] = subnet.split('/') as [string, string];
    list.addSubnet(before + net, Number(bits) + more, kind);
  };
  for (const subnet of four) {
    add(subnet, 'ipv4');
    add(subnet, 'ipv6', '::ffff:', 96);
    add(subnet, 'ipv6', '64:ff9b::', 96);
  }
  for (const subnet of six) add(subnet, 'ipv6');
  return list;
}

function holds(list: BlockList, address: string): boolean {
  const [bare] = address.split('%') as [string];
  return list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}
