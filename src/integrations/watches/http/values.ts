export const VALUES = ['status', 'ms'] as const;

export interface Settings {
  readonly url: string;
  readonly value: (typeof VALUES)[number];
}
