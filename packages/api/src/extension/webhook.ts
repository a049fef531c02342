/** How the server asks other servers over HTTPS: admission webhooks and conversion webhooks. */

/** Where a webhook is: the API's WebhookClientConfig, by URL or by service. */
export interface WebhookAddress {
  readonly url?: string;
  readonly service?: {
    readonly namespace: string;
    readonly name: string;
    readonly path?: string;
    /** 443 when omitted. */
    readonly port?: number;
  };
  /** PEM of the authorities that sign its certificate, in base64; those of the system when empty or omitted. */
  readonly caBundle?: string;
}

export interface WebhookCall {
  readonly address: WebhookAddress;
  /** Sent as JSON. */
  readonly body: unknown;
  readonly timeoutSeconds: number;
  /** The admission plugin that asks, which may have a way to prove itself. Omitted: nobody does. */
  readonly plugin?: string;
  /** Ends the call early: whoever asked is gone. */
  readonly signal: AbortSignal;
}

/**
 * Resolves with the body of the answer. Rejects with an Error whose message is upstream's for what went wrong: no connection, no
 * answer in time, an answer that is a refusal.
 */
export type WebhookCaller = (call: WebhookCall) => Promise<string>;
