import { CommanderError } from 'commander';
import { sayers } from './app.ts';
import { CommandError } from './commands/output.ts';
import { buildProgram } from './commands/program.ts';
import { isProblem } from './kit/problem.ts';
import { ConfigError } from './platform/config.ts';

/** Runs the command line and returns its status: 0 done, 1 failed, 2 wrong usage. */
async function main(words: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync([...words], { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error);
  }
}

/** Says what went wrong without a stack trace, unless the fault is ours. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CommandError) return say(error.message, error.status);
  if (error instanceof ConfigError) return say(error.message, 2);
  if (isProblem(error)) {
    const [slice = '', name = ''] = error.code.split('.');
    const details = Object.fromEntries(
      Object.entries(error.details).map(([key, value]) => [key, value ?? '']),
    );
    const text = (part: string) => sayers.en(`${slice}.problems.${name}.${part}`, details);
    return say(`${text('title')} ${text('next')}`, 2);
  }
  const known = (error as { code?: unknown }).code;
  if (error instanceof Error && typeof known === 'string') return say(error.message, 1);
  return say(error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
}

function say(message: string, status: number): number {
  process.stderr.write(`karkhaneh: ${message}\n`);
  return status;
}

process.exitCode = await main(process.argv.slice(2));
