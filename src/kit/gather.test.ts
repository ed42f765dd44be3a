import { describe, expect, test, vi } from 'vitest';
import { gather } from './gather.ts';

/** A reading that waits to be let go. */
function held() {
  const goes: (() => void)[] = [];
  const read = vi.fn(async (keys: readonly number[]) => {
    await new Promise<void>((go) => goes.push(go));
    if (keys.includes(13)) throw new Error('Thirteen.');
    return new Set(keys);
  });
  const next = async () => {
    await vi.waitFor(() => expect(goes.length).toBeGreaterThan(0));
    goes.shift()?.();
  };
  return { read, next };
}

describe('gathered readings', () => {
  test('who asks while others are read is answered by the next, and never by what was begun before', async () => {
    const { read, next } = held();
    const ask = gather(read);
    const first = ask([1]);
    const others = [ask([2]), ask([2, 3])];
    await next();
    expect(await first).toEqual(new Set([1]));
    await next();
    expect(await Promise.all(others)).toEqual([new Set([2, 3]), new Set([2, 3])]);
    expect(read.mock.calls).toEqual([[[1]], [[2, 2, 3]]]);
  });

  test('a lot has so many keys at the most; who has more is read alone', async () => {
    const { read, next } = held();
    const ask = gather(read, 3);
    const all = [ask([1]), ask([2, 3]), ask([4]), ask([5]), ask([6, 7, 8, 9]), ask([10])];
    for (let lot = 0; lot < 5; lot += 1) await next();
    await Promise.all(all);
    const sizes = read.mock.calls.map(([keys]) => keys.length);
    expect(sizes).toEqual([1, 3, 1, 4, 1]);
  });

  test('what fails, fails for those of its lot alone', async () => {
    const { read, next } = held();
    const ask = gather(read);
    const fails = expect(ask([13])).rejects.toThrow('Thirteen.');
    const goes = ask([1]);
    await next();
    await next();
    await fails;
    expect(await goes).toEqual(new Set([1]));
  });
});
