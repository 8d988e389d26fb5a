/** What of our package.json says how the built program is used, for a folder or a package that needs no other. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly type: string;
  readonly license: string;
  readonly bin: object;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** It names no package that is built in; of the agent, which cannot be, it says which one fits. */
export function manifestOf({ name, version, description, type, license, bin, dependencies }: Manifest): object {
  return {
    name,
    version,
    description,
    type,
    license,
    // Not in ours: npm would warn of it where an older Node installs the one that is needed.
    engines: { node: '>=24' },
    bin,
    peerDependencies: { newrelic: dependencies['newrelic'] },
    peerDependenciesMeta: { newrelic: { optional: true } },
  };
}
