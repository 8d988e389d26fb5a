import type { Command } from './command.ts';

/** Every command, by its name, loaded when it is called. A new one adds its line here, its file or folder beside it. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  alerts: async () => (await import('./generate/alerts.ts')).alerts,
  backup: async () => (await import('./backup/index.ts')).backup,
  init: async () => (await import('./init/index.ts')).init,
  channels: async () => (await import('./channels/index.ts')).channels,
  check: async () => (await import('./check/index.ts')).check,
  dashboard: async () => (await import('./generate/dashboard.ts')).dashboard,
  doctor: async () => (await import('./doctor/index.ts')).doctor,
  plan: async () => (await import('./plan/index.ts')).plan,
  preview: async () => (await import('./preview/index.ts')).preview,
  demo: async () => (await import('./demo/index.ts')).demo,
  erase: async () => (await import('./erase/index.ts')).erase,
  sandbox: async () => (await import('./sandbox/index.ts')).sandbox,
  serve: async () => (await import('./serve.ts')).serve,
  rules: async () => (await import('./rules/index.ts')).rules,
  restore: async () => (await import('./restore/index.ts')).restore,
  run: async () => (await import('./run/index.ts')).run,
  schedule: async () => (await import('./schedule.ts')).schedule,
  mute: async () => (await import('./mute/mute.ts')).mute,
  unmute: async () => (await import('./mute/unmute.ts')).unmute,
  intake: async () => (await import('./intake/index.ts')).intake,
  simulate: async () => (await import('./simulate/index.ts')).simulate,
  why: async () => (await import('./why/index.ts')).why,
};
