/** What a command prints: its answer on stdout, everything else on stderr. */
export type Output = {
  /** One JSON document on stdout and nothing else. */
  readonly json: boolean;
  /** A line of the answer; not in JSON mode. */
  readonly line: (text: string) => void;
  /** The answer as a document; only in JSON mode. */
  readonly document: (value: unknown) => void;
  /** A line for the person who waits. */
  readonly note: (text: string) => void;
};

/** The output of this process. */
export function openOutput(json: boolean): Output {
  return {
    json,
    line: (text) => {
      if (!json) process.stdout.write(`${text}\n`);
    },
    document: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, plain, 2)}\n`);
    },
    note: (text) => process.stderr.write(`${text}\n`),
  };
}

/** JSON has no bigint: amounts are strings of digits there. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** A command that ends with a plain message and a status: 1 failed, 2 wrong usage. */
export class CommandError extends Error {
  readonly status: 1 | 2;
  constructor(message: string, status: 1 | 2 = 1) {
    super(message);
    this.name = 'CommandError';
    this.status = status;
  }
}

/**
 * A progress bar on stderr, drawn only once the work has taken a second; where stderr is no terminal,
 * a line at every quarter instead.
 */
export function openProgress(label: string): {
  step: (done: number, total: number) => void;
  end: () => void;
} {
  const started = performance.now();
  let drawn = -1;
  return {
    step(done, total) {
      if (performance.now() - started < 1000 || total === 0) return;
      const percent = Math.floor((100 * done) / total);
      const mark = process.stderr.isTTY ? percent : Math.floor(percent / 25) * 25;
      if (mark === drawn) return;
      drawn = mark;
      process.stderr.write(
        process.stderr.isTTY ? `\r${bar(label, percent)}` : `${label} ${mark} %\n`,
      );
    },
    end() {
      if (drawn >= 0 && process.stderr.isTTY) process.stderr.write(`\r${bar(label, 100)}\n`);
    },
  };
}

function bar(label: string, percent: number): string {
  const width = 30;
  const full = Math.round((percent / 100) * width);
  return `${label} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${percent} %`;
}
