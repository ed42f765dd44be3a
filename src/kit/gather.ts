/** Whoever waits for the next reading. */
type Waiting<K, V> = {
  readonly keys: readonly K[];
  readonly answer: (read: V) => void;
  readonly fail: (error: unknown) => void;
};

/**
 * Reads one lot at a time: whoever asks while a lot is being read is answered by the next, together with all who wait
 * by then. So nobody is told what was read before they asked, and however many ask there is one reading under way.
 * @param read given the keys of all who wait, any of them as often as it was asked for; what it finds goes to each
 * @param most keys of one reading; who has more than that is read alone
 */
export function gather<K, V>(
  read: (keys: readonly K[]) => Promise<V>,
  most = 1000,
): (keys: readonly K[]) => Promise<V> {
  let waiting: Waiting<K, V>[] = [];
  let isReading = false;

  function takeLot(): Waiting<K, V>[] {
    let size = 0;
    const past = waiting.findIndex(({ keys }, at) => {
      size += keys.length;
      return at > 0 && size > most;
    });
    const lot = past < 0 ? waiting : waiting.slice(0, past);
    waiting = past < 0 ? [] : waiting.slice(past);
    return lot;
  }

  async function readAll(): Promise<void> {
    isReading = true;
    while (waiting.length > 0) {
      const lot = takeLot();
      try {
        const found = await read(lot.flatMap(({ keys }) => keys));
        for (const { answer } of lot) answer(found);
      } catch (error) {
        for (const { fail } of lot) fail(error);
      }
    }
    isReading = false;
  }

  return (keys) =>
    new Promise((answer, fail) => {
      waiting.push({ keys, answer, fail });
      if (!isReading) void readAll();
    });
}
