import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's nursery as small as it is now, for the whole process. Work that goes through a long file
 * in batches drops nearly all it allocates; in a nursery that has grown to 16 MB more of it lives just
 * long enough to be moved among the old, and the process is 100 MB larger for nothing. So it is, by as much again,
 * where what was moved lies there for long.
 */
export function keepHeapLean(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  keepHeapFlat();
}

/**
 * Has a process collect what is no longer needed when its heap is three fifths larger than what was, and not
 * only at twice or four times as much: its memory is then the same in the evening as in the morning.
 */
export function keepHeapFlat(): void {
  setFlagsFromString('--heap-growing-percent=60');
}
