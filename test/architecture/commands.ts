import { buildProgram } from '../../src/commands/program.ts';

/** What the one command says of itself: its commands, and the options of each. */
export type CommandLine = ReadonlyMap<string, ReadonlySet<string>>;

const optionsIn = (help: string) => new Set(help.match(/--[a-z][a-z-]*/g) ?? []);

/** What `bin/karkhaneh` and each of its commands say when asked for help. */
export function readCommandLine(): CommandLine {
  const program = buildProgram();
  const own = program.commands.map((it) => [it.name(), optionsIn(it.helpInformation())] as const);
  return new Map([['', optionsIn(program.helpInformation())], ...own]);
}

/**
 * Says what in a command line does not exist: an npm script, a command, an option, a file. A word in capitals
 * or in angle brackets stands for a value.
 */
export function refuseCommand(
  line: string,
  scripts: Readonly<Record<string, string>>,
  commandLine: CommandLine,
  isFile: (path: string) => boolean,
): string | undefined {
  for (const part of line.split(/\s+(?:&&|\|)\s+/)) {
    const [program = '', first = '', ...rest] = part.trim().split(/\s+/);
    const refused =
      program === 'npm'
        ? refuseNpm(first, rest, scripts, commandLine)
        : program === 'node'
          ? refuseFile(first, isFile)
          : program.endsWith('karkhaneh')
            ? refuseOurs(first, rest, commandLine)
            : undefined;
    if (refused) return refused;
  }
  return undefined;
}

function refuseNpm(
  verb: string,
  rest: readonly string[],
  scripts: Readonly<Record<string, string>>,
  commandLine: CommandLine,
): string | undefined {
  if (verb === 'ci') return undefined;
  const script = verb === 'run' ? (rest[0] ?? '') : verb;
  if (!(script in scripts)) return `there is no npm script ${script}`;
  return script === 'start' ? refuseOurs('serve', rest, commandLine) : undefined;
}

function refuseFile(path: string, isFile: (path: string) => boolean): string | undefined {
  return path === '' || path.startsWith('-') || isFile(path)
    ? undefined
    : `there is no file ${path}`;
}

function refuseOurs(
  first: string,
  rest: readonly string[],
  commandLine: CommandLine,
): string | undefined {
  const isName = /^[a-z]/.test(first);
  const options = commandLine.get(isName ? first : '');
  if (!options) return `karkhaneh has no command ${first}`;
  const known = new Set([...options, '--help', '--version']);
  const given = [first, ...rest].filter((word) => /^--[a-z]/.test(word));
  const wrong = given.map((word) => word.split('=')[0] ?? '').find((word) => !known.has(word));
  return wrong && `karkhaneh ${first} has no option ${wrong}`;
}
