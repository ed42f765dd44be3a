import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';

/** A server in a process of its own. */
export type Server = {
  readonly base: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

/** A database by the addresses of its owner and of the product's own role. */
export type Addresses = { readonly url: string; readonly appUrl: string };

/** The product as it is run, on a database; without its worker unless told so. What it logs goes into a file. */
export function startProduct(
  { url, appUrl }: Addresses,
  log: string,
  { recordTo, worker = false }: { recordTo?: string; worker?: boolean } = {},
): Promise<Server> {
  const recorder = `--import=${join(import.meta.dirname, 'record.ts')}`;
  const env = {
    ...process.env,
    ...{ DATABASE_URL: url, APP_DATABASE_URL: appUrl, PORT: '0', HOST: '127.0.0.1' },
    KARKHANEH_DATA: join(dirname(log), 'files'),
    ...(recordTo ? { NODE_OPTIONS: recorder, RECORD_STATEMENTS: recordTo } : {}),
  };
  const command = join(repositoryFolder, 'bin/karkhaneh');
  const words = ['serve', '--no-demo', ...(worker ? [] : ['--no-worker'])];
  return started(spawn(command, words, { env }), log);
}

/** The product as the README starts it, with the demonstration and its worker, in a data folder of its own. */
export function startDemonstration(folder: string, log: string): Promise<Server> {
  const env = { ...process.env, DATABASE_URL: '', KARKHANEH_DATA: folder, PORT: '0' };
  return started(spawn(join(repositoryFolder, 'bin/karkhaneh'), ['serve'], { env }), log);
}

/** The bare server with a plan's statements. */
export function startBare({ appUrl }: Addresses, plan: string, log: string): Promise<Server> {
  const script = join(import.meta.dirname, 'bare.ts');
  return started(spawn(process.execPath, [script, plan, appUrl]), log);
}

async function started(child: ChildProcess, log: string): Promise<Server> {
  const written = createWriteStream(log);
  child.stdout?.pipe(written, { end: false });
  child.stderr?.pipe(written, { end: false });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const base = await Promise.race([
    once(child, 'exit').then(() => undefined),
    new Promise<string>((resolve) => {
      let said = '';
      const listen = (text: Buffer) => {
        said += text;
        const found = /is at (http:\/\/\S+)/.exec(said)?.[1];
        if (!found) return;
        child.stderr?.off('data', listen);
        resolve(found);
      };
      child.stderr?.on('data', listen);
    }),
  ]);
  if (base === undefined)
    throw new Error(`A server of the bench ended before it began; see ${log}`);
  return { base, pid: child.pid ?? 0, stop };
}
