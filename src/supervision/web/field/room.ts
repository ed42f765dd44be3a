/** Whether an error says that the phone has no room left. */
export function isFull(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: unknown };
  return name === 'QuotaExceededError' || (inner !== undefined && isFull(inner));
}

/**
 * A write that can be done without for a while: on a phone without room it is left.
 * @returns whether it was written
 */
export async function whereRoom(write: () => PromiseLike<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!isFull(error)) throw error;
    return false;
  }
}
