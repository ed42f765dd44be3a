import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { acts, type Own, type Plan, type Statement } from './plan.ts';

/** Whether pgbench is there. @throws Error that names the Debian package where it is not */
export function demandPgbench(): void {
  try {
    execFileSync('pgbench', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Error('pgbench was not found: install the Debian package postgresql-contrib.');
  }
}

/** SQL for a case's own value out of the counter `n`; pgbench cannot make an id by itself. */
function ownSql(kind: Own, place: number): string {
  const n = ':n::bigint';
  if (kind === 'nationalId') return `(8000000000 + ${n})::text`;
  if (kind === 'permitNumber') return `(880000000000 + ${n})::text`;
  const head = kind === 'uuid7' ? '01fffffff' : `f${String(place).padStart(2, '0')}ffffff`;
  const tag = String(place).padStart(3, '0');
  return `('${head.slice(0, 8)}-${kind === 'uuid7' ? 'ffff-7' : 'ffff-4'}${tag}-8000-' || lpad(to_hex(${n}), 12, '0'))`;
}

function valueSql(value: string, plan: Plan): string {
  const pieces = value.split(/[«»]/).map((piece, at) => {
    if (at % 2 === 0) return piece === '' ? undefined : `'${piece.replaceAll("'", "''")}'`;
    return ownSql(plan.own[Number(piece)] as Own, Number(piece));
  });
  return `(${pieces.filter((piece) => piece !== undefined).join(' || ') || "''"})`;
}

/** What stands in the place of a parameter: a literal keeps its type open, as a parameter's is. */
function placeSql(value: string | null, cast: string, plan: Plan): string {
  if (value === null) return `null${cast}`;
  if (!value.includes('«')) return `'${value.replaceAll("'", "''")}'${cast}`;
  return `${valueSql(value, plan)}${cast || (/^«\d+»$/.test(value) ? '::uuid' : '')}`;
}

/** pgbench takes a colon and a name for a variable of its own, in quotes too: there they are put together. */
const colonsApart = (text: string) =>
  text.replaceAll(/(?<=[^:\s]):(?=[A-Za-z_])/g, "' || ':' || '");

/** The statement on one line, its values in their places. */
function lineOf({ text, values }: Statement, plan: Plan): string[] {
  const plain = colonsApart(text.replaceAll(/\s+/g, ' ').trim());
  if (values === null) return plain.split(';').map((one) => `${one};`);
  const sql = plain.replaceAll(
    /\$(\d+)(::[a-z]+(?:\[\])?)?/g,
    (_all, place: string, cast: string = '') =>
      placeSql(values[Number(place) - 1] ?? null, cast, plan),
  );
  return [`${sql};`];
}

/** Writes the plan as a pgbench script: one run of it is a whole case. */
export function writeScript(plan: Plan, file: string): void {
  // Each client counts on from a place of its own.
  const lines = ['\\set n :n + 1', '\\if :n = 1', '\\set n :from + :client_id * 100000', '\\endif'];
  for (const act of acts) {
    for (const batch of plan.acts[act]) {
      const statements = batch.flatMap((statement) => lineOf(statement, plan));
      if (statements.length === 1) lines.push(...statements);
      else lines.push('\\startpipeline', ...statements, '\\endpipeline');
    }
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

const run = promisify(execFile);

/**
 * Whole cases a second by pgbench, its statements prepared.
 * @param from a number from which on no case of the script is there yet
 */
export async function pgbench(
  script: string,
  url: string,
  { seconds, connections, from }: { seconds: number; connections: number; from: number },
): Promise<number> {
  const { username, password, pathname, searchParams } = new URL(url.replace('@/', '@socket/'));
  const words = [
    '-n',
    '-M',
    'prepared',
    '-f',
    script,
    '-c',
    String(connections),
    '-j',
    '2',
    '-T',
    String(seconds),
  ];
  const words2 = [
    '-D',
    'n=0',
    '-D',
    `from=${from}`,
    '-h',
    searchParams.get('host') ?? '',
    '-U',
    username,
    pathname.slice(1),
  ];
  const env = { ...process.env, PGPASSWORD: password, PGOPTIONS: '' };
  const { stdout } = await run('pgbench', [...words, ...words2], { env });
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
}
