/** Whether an address is this machine's own. */
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export function isLoopbackAddress(address: string | undefined): boolean {
  const version = isIP(address ?? '');
  return version !== 0 && loopback.check(address!, version === 4 ? 'ipv4' : 'ipv6');
}

/** The host of an origin or URL: a loopback address or `localhost`. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''));
}
