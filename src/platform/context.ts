/** Who asks, as the row-level security of every table sees it. */
export interface Context {
  /**
   * The numeric province code (0–30); 'all' for national acts and background work; null for none.
   * Becomes `app.province` = '4', or the role karkhaneh_country, or nothing at all.
   */
  readonly province: number | 'all' | null;
  /** Organisation code, '' for none. Becomes `app.organisation`. */
  readonly organisation: string;
  /** Person id (UUID), '' for none. Becomes `app.person`. */
  readonly person: string;
  /** Longest time for one statement in milliseconds; the pool's own limit when absent. */
  readonly timeoutMs?: number;
  /** See {@link Retry}; 'rolled_back' when absent. */
  readonly retry?: Retry;
  /**
   * Statements are parsed and planned once a connection, not each time: for work whose statements are
   * always the same few, whatever is asked. What a list is asked for wants a plan of its own.
   */
  readonly prepare?: boolean;
  /**
   * Which pool serves it: 'casework' (default); 'reports' for what somebody waits for, so that reports never starve
   * acts; 'long' for background work that reads the whole record and may take as long as it takes.
   */
  readonly pool?: 'casework' | 'reports' | 'long';
}

/**
 * When the whole work is run again.
 * - 'not_even_begun': nor is it waited for a database that is starting; whoever asks whether it is there.
 * - 'never': its effects outside the transaction cannot be repeated (a stream to a client).
 * - 'rolled_back': only when it is certain that nothing was committed: deadlock, serialisation
 *   failure, or a connection lost before COMMIT was sent.
 * - 'idempotent': also when the connection was lost while COMMIT was in flight, so nobody knows.
 *   Only for work that recognises its own op_id.
 */
export type Retry = 'not_even_begun' | 'never' | 'rolled_back' | 'idempotent';

/** The opening statements of a transaction, as one simple-protocol message. */
export function beginSql(context: Context, statementTimeoutMs: number): string {
  const { province } = context;
  if (typeof province === 'number' && !(Number.isInteger(province) && province >= 0)) {
    throw new RangeError(`Not a province code: ${province}`);
  }
  const timeout = context.timeoutMs ?? statementTimeoutMs;
  if (!Number.isInteger(timeout) || timeout < 0) throw new RangeError(`Not a timeout: ${timeout}`);
  return [
    'BEGIN',
    // What follows goes along to the machines that the rows lie on; a server without Citus takes no notice.
    "SET LOCAL citus.propagate_set_commands = 'local'",
    `SET LOCAL ROLE ${roleOf(context)}`,
    `SET LOCAL app.province = '${province === 'all' ? '' : (province ?? '')}'`,
    `SET LOCAL app.organisation = '${settingText(context.organisation)}'`,
    `SET LOCAL app.person = '${settingText(context.person)}'`,
    `SET LOCAL statement_timeout = ${timeout}`,
  ].join(';');
}

/** The database role whose policies fit the context; each has plain ones of its own. */
export function roleOf({ province, organisation, person }: Context): string {
  if (person !== '') return 'karkhaneh_person';
  if (organisation !== '') return 'karkhaneh_organisation';
  return province === 'all' ? 'karkhaneh_country' : 'karkhaneh_province';
}

/** Organisation codes and ids only: a quote or a backslash here is an attack, not a value. */
function settingText(value: string): string {
  if (!/^[A-Za-z0-9_.-]{0,64}$/.test(value)) {
    throw new RangeError('A transaction context takes codes and ids only.');
  }
  return value;
}
