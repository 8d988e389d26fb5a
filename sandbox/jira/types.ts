/** Atlassian's two Jiras: they differ in paths, keys, texts and searches. */
export type JiraKind = 'cloud' | 'data-center';

export interface Status {
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done';
}

/** An issue as Jira keeps it. Instants are epoch ms. */
export interface JiraIssue {
  readonly id: string;
  key: string;
  /** It had them before it was moved. */
  readonly formerKeys: string[];
  project: string;
  readonly type: string;
  summary: string;
  /** A document of ADF, or wiki markup. */
  description: unknown;
  labels: readonly string[];
  status: Status;
  resolution: string | null;
  resolvedAt: number | null;
  assignee: string | null;
  readonly comments: { readonly id: string; readonly body: unknown; readonly at: number }[];
  /** Keys of issues that it relates to. */
  readonly links: string[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  updatedAt: number;
  /** Search knows of it, as it is now, from then on. */
  indexedAt: number;
}

/** A field of the screen on which issues are made. */
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly hasDefault?: boolean;
  /** Its values by name; absent: any. */
  readonly values?: readonly string[];
}

/** What goes wrong with the next request of that kind, once. */
export interface JiraFault {
  readonly method: 'GET' | 'POST';
  /** A part of the path. */
  readonly path: string;
  /** cut: done, and no answer; lost: not done, and no answer; page: a login page; a status: with that. */
  readonly kind: 'cut' | 'lost' | 'page' | number;
  /** Seconds. */
  readonly retryAfter?: number;
}

export class Refused extends Error {
  readonly status: number;
  readonly body: { readonly errorMessages: readonly string[]; readonly errors: Readonly<Record<string, string>> };

  constructor(status: number, message: string | null, errors: Readonly<Record<string, string>> = {}) {
    super(message ?? 'refused');
    this.status = status;
    this.body = { errorMessages: message === null ? [] : [message], errors };
  }
}
