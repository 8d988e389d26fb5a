export declare function tooOld(version: string): string | undefined;
