import { readFile } from 'node:fs/promises';
import { median } from './measure.ts';

/** What a process held while it was watched, MB. */
export type Watch = {
  /** The median since the last time this was asked. */
  readonly take: () => number;
  /** The most that was seen. */
  readonly most: () => number;
  readonly stop: () => void;
};

/** The resident set of a process now, MB; 0 when it is gone. */
export async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Looks at a process's memory twice a second. */
export function watchMemory(pid: number): Watch {
  let seen: number[] = [];
  let most = 0;
  const look = async () => {
    const mb = await residentMb(pid);
    if (mb === 0) return;
    seen.push(mb);
    most = Math.max(most, mb);
  };
  const timer = setInterval(() => void look(), 500);
  const take = () => {
    const value = median(seen.length > 0 ? seen : [0]);
    seen = [];
    return value;
  };
  return { take, most: () => most, stop: () => clearInterval(timer) };
}
