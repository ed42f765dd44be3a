import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { startProduct } from '../casework/servers.ts';
import { openSlowPhone } from '../lighthouse.ts';
import { type Bench, machine } from '../measure.ts';
import { pageClaims, searchClaims } from './claims.ts';
import { openCatalogue } from './fill.ts';
import { drawSearches } from './searches.ts';
import { timeSearches } from './serving.ts';
import { trigramUrl } from './trigrams.ts';

const products = Number(process.env.CATALOGUE_PRODUCTS ?? 1_000_000);
const folder = join(repositoryFolder, '.bench', 'catalogue');

/** Measures the public catalogue with a million products: its search over HTTP, and its first page on a phone. */
export async function run(): Promise<Bench> {
  const server = await openCatalogue(folder, products);
  try {
    const database = await openDatabase(server);
    const searches = await drawSearches(database);
    await database.close();
    const product = await startProduct(server, join(folder, 'product.log'));
    try {
      const page = await lookAt(`${product.base}/market`);
      const served = await timeSearches(product.base, trigramUrl(server), searches);
      const claims = [...searchClaims(served), ...pageClaims(page)];
      return { bench: 'catalogue', machine: machine(), claims };
    } finally {
      await product.stop();
    }
  } finally {
    await server.release();
  }
}

async function lookAt(url: string) {
  await using phone = await openSlowPhone();
  // Awaited here: the browser closes when this function ends.
  return await phone.look(url);
}
