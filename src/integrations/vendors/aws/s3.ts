import type { S3Client } from '@aws-sdk/client-s3';

const ANSWER_MS = 30_000;
const CONNECT_MS = 10_000;

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

export interface S3Place {
  readonly region?: string | undefined;
  /** Of a server of one's own. */
  readonly endpoint?: string | undefined;
  /** The bucket stands in the path, as every server knows it. */
  readonly hasPaths: boolean;
  /** How long an answer is waited for, with the time that what is sent takes, ms. */
  readonly answerMs?: number;
}

/** A client by the variables of Amazon's own tools; loaded by its first call. */
export async function openS3({ region, endpoint, hasPaths, answerMs = ANSWER_MS }: S3Place): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    // What it says beside its errors is in no log of ours.
    logger: SILENT,
    forcePathStyle: hasPaths,
    followRegionRedirects: true,
    // NOTE: older servers refuse what newer clients ask for by default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: answerMs, throwOnRequestTimeout: true },
  });
}
