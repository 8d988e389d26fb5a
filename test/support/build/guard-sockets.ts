import { Socket } from 'node:net';

export function isLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[?::1\]?)$/.test(host);
}

/** While it `isOn`, every connection to another machine is refused, and told. Gives back what ends that. */
export function guardSockets(isOn: () => boolean, tell: (host: string) => void): () => void {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function guarded(this: Socket, ...args: readonly unknown[]): Socket {
    const host = hostIn(args);
    if (host === undefined || isLoopback(host) || !isOn()) return Reflect.apply(connect, this, args);
    tell(host);
    return this.destroy(new Error(`tests connect to this machine only, not to ${host}`));
  };
  return () => {
    Socket.prototype.connect = connect;
  };
}

/** As Node is asked: options, options in a list of its own, a port and a host, or a path. Undefined: this machine. */
function hostIn([first, second]: readonly unknown[]): string | undefined {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof options !== 'object' || options === null) return typeof second === 'string' ? second : undefined;
  return 'host' in options && typeof options.host === 'string' ? options.host : undefined;
}
