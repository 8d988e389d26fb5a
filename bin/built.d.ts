export interface Program {
  readonly file: string;
  readonly isBuilt: boolean;
  /** There is a build, but of another source. */
  readonly isStale: boolean;
}
export interface Stamp {
  readonly digest: string;
  readonly files: Readonly<Record<string, string>>;
}
export declare const STAMP: string;
export declare function programOf(name: string, root: string): Program;
export declare function stampOf(root: string, files: readonly string[]): Stamp;
