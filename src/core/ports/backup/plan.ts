import type { At } from '../../model/alerting/digest-plan.ts';

/** When backups are made, and where they are kept. */
export interface BackupPlan {
  readonly at: At;
  /** Path of a folder, or `s3://bucket/prefix`. */
  readonly to: string;
  /** Copies that are older go, days; null: all stay. */
  readonly keepDays: number | null;
  /** `config/filters/all.yaml:3` */
  readonly where: string;
}
