/** The five-character SQLSTATE of a PostgreSQL error, or the code of a network error. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

const rolledBack = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
]);

const lost = new Set([
  '25006', // read_only_sql_transaction: the old primary after a failover
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up or recovering
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** True when the server itself undid the transaction and the same work may simply run again. */
export function isRolledBackForCertain(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && rolledBack.has(code);
}

/**
 * True when the connection, not the statement, failed. A COMMIT that fails so is unknown.
 * ENOENT counts while connecting only: the embedded server's socket is missing as it restarts.
 * A pool without a free connection for ten seconds is overload, and waiting longer makes it worse.
 */
export function isConnectionLost(error: unknown): boolean {
  const code = errorCode(error);
  if (code === 'ENOENT') return (error as { syscall?: string }).syscall === 'connect';
  if (code !== undefined) return lost.has(code) || code.startsWith('08');
  return (
    error instanceof Error &&
    /^(Connection terminated|Client has encountered a connection error)/.test(error.message)
  );
}

/** True when a pool had no free connection in its time. */
export function isPoolUsedUp(error: unknown): boolean {
  return error instanceof Error && /^timeout exceeded when trying to connect/.test(error.message);
}
