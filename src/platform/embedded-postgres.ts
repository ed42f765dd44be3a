/** A running embedded PostgreSQL that this process has joined. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Leaves; the last process out stops the server. */
  release(): Promise<void>;
}

/** Joins the embedded PostgreSQL of a data folder, starting (and first creating) it if need be. */
export declare function openEmbedded(dataFolder: string): Promise<EmbeddedPostgres>;
