import { isBuiltin } from 'node:module';
import type { Plugin } from 'rolldown';

const PREFIX = '\0builtin:';
/** Who imports these uses them in none of the service's requests. */
const RARE = ['http2'];

/**
 * Node's own modules as they are required, not as they are imported. An import copies every export into a module
 * record, and so touches those that Node makes when they are first used: for `http` that is a WebSocket, and all of
 * undici.
 */
export function builtins(): Plugin {
  return {
    name: 'builtins',
    // The bundler's own few lines import `node:module`.
    resolveId: (id) =>
      isBuiltin(id) && id !== 'node:module'
        ? { id: PREFIX + id.replace(/^node:/, ''), moduleSideEffects: false }
        : null,
    load: (id) => (id.startsWith(PREFIX) ? { code: codeOf(id.slice(PREFIX.length)), moduleType: 'js' } : null),
  };
}

function codeOf(name: string): string {
  const found = `process.getBuiltinModule('node:${name}')`;
  return RARE.includes(name)
    ? `export default new Proxy({}, { get: (_, key) => ${found}[key] });`
    : `module.exports = ${found};`;
}
