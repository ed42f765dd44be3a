/**
 * node scripts/ask-product.ts ADDRESS [PID]
 *
 * Waits until the product at ADDRESS is ready, then holds its answers to what the province published,
 * and its first page to a phone on a slow line. Status 1 with the difference when anything is not so;
 * with the PID of the server, it gives up as soon as that ends.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';

const question = '/api/figures?province=04&from=1400-01-01&to=1401-03-31&by=agency';
/** Loading the demonstration takes up to a minute on a small machine. */
const patienceMs = 300_000;
const firstPageBytes = 100_000;

/** The published account of West Azerbaijan, 1400/01/01 to 1401/03/31; rial, ten to the toman. */
const published = {
  permits_issued: 2340,
  plans_referred: 1203,
  plans_funded: 853,
  jobs_registered: 2240,
};
const fundedOf = { SMT: 477, AGRI: 127, CULTURE: 101, HERITAGE: 148 };
const rialOf = { SMT: '260000000000', AGRI: '50000000000' };

type Measures = Readonly<Record<string, number | string>>;
type Figures = {
  readonly measures: Measures;
  readonly by: readonly { readonly key: string; readonly measures: Measures }[];
};

const [address = '', server = ''] = process.argv.slice(2);

function isRunning(pid: string): boolean {
  try {
    return pid === '' || process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

async function untilReady(): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < patienceMs) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    ok(isRunning(server), 'the server ended before it was ready');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${address} was not ready in ${patienceMs / 1000} s`);
}

/** Only what `wanted` names. */
function pick(wanted: object, from: Measures): Measures {
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, from[name] ?? 'missing']));
}

function measureBy({ by }: Figures, measure: string): Measures {
  return Object.fromEntries(by.map(({ key, measures }) => [key, measures[measure] ?? 'missing']));
}

async function askFigures(): Promise<void> {
  const answer = await fetch(`${address}${question}`);
  strictEqual(answer.status, 200, question);
  const figures = (await answer.json()) as Figures;
  deepStrictEqual(pick(published, figures.measures), published);
  deepStrictEqual(pick(fundedOf, measureBy(figures, 'plans_funded')), fundedOf);
  const paid = measureBy(figures, 'rial_paid');
  deepStrictEqual(pick(rialOf, paid), rialOf);
  // «About 2.95» and «about 6.95» billion toman, each to 0.05, and over 40 in all.
  near(paid.CULTURE, 29_500_000_000n);
  near(paid.HERITAGE, 69_500_000_000n);
  ok(BigInt(figures.measures.rial_paid ?? 0) > 400_000_000_000n, 'over 40 billion toman');
}

function near(paid: number | string | undefined, about: bigint): void {
  const apart = BigInt(paid ?? 0) - about;
  ok(apart <= 500_000_000n && apart >= -500_000_000n, `${paid} rial is not about ${about}`);
}

/** The page with the styles it names, uncompressed: what a phone gets at worst. */
async function askFirstPage(): Promise<void> {
  const answer = await fetch(address, { headers: { accept: 'text/html' } });
  strictEqual(answer.status, 200);
  ok(answer.headers.get('content-type')?.startsWith('text/html'), 'the first page is HTML');
  const page = await answer.text();
  ok(
    /<html lang="fa" dir="rtl"/.test(page) && page.includes('</html>'),
    'whole, and Persian first',
  );
  let bytes = Buffer.byteLength(page);
  for (const [, path = ''] of page.matchAll(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g)) {
    bytes += Buffer.byteLength(await (await fetch(new URL(path, address))).text());
  }
  ok(bytes < firstPageBytes, `the first page takes ${bytes} bytes, ${firstPageBytes} at most`);
  process.stdout.write(`The first page takes ${bytes} bytes with its styles.\n`);
}

await untilReady();
await askFigures();
process.stdout.write('The figures are the published ones.\n');
await askFirstPage();
