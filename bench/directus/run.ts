import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';
import { openEmbedded } from '../../src/platform/embedded-postgres.ts';
import {
  application,
  type Cookies,
  drawKnown,
  type Known,
  signIn,
  wholeCase,
} from '../casework/casework.ts';
import { load, type Work } from '../casework/load.ts';
import { cases, onCopy } from '../casework/province.ts';
import { startProduct } from '../casework/servers.ts';
import { type Bench, type Claim, machine, median } from '../measure.ts';
import { install, type Peer, startPeer } from './peer.ts';

const folder = join(repositoryFolder, '.bench', 'directus');
const province = join(repositoryFolder, '.bench', 'casework');
const rounds = 3;
const seconds = 8;
const connections = 16;
const leastRatio = 8;

type Found = Record<'acts' | 'peerActs' | 'reads' | 'peerReads', number[]>;

/** An application, two signatures, and the case opened: by us, and by Directus over a table as large. */
export async function run(): Promise<Bench> {
  await mkdir(folder, { recursive: true });
  const command = await install(join(folder, 'peer'));
  const server = await openEmbedded(join(folder, 'data'));
  try {
    const peer = await startPeer(command, server, cases, join(folder, 'directus.log'));
    try {
      const found = await onCopy(province, 'bench_directus', async (at, database) => {
        const product = await startProduct(at, join(folder, 'product.log'));
        try {
          const who = await signIn(product.base);
          return await takeTurns(product.base, who, await drawKnown(database), peer);
        } finally {
          await product.stop();
        }
      });
      return { bench: 'directus', machine: machine(), claims: claimsOf(found) };
    } finally {
      await peer.stop();
    }
  } finally {
    await server.release();
  }
}

async function takeTurns(base: string, who: Cookies, known: Known, peer: Peer): Promise<Found> {
  const found: Found = { acts: [], peerActs: [], reads: [], peerReads: [] };
  const made: string[] = [];
  let turn = 0;
  const read: Work = async (connection, time) => {
    turn += 1;
    const code = known.codes[(turn * 7919) % known.codes.length];
    await time('read', () => connection.get(`/api/cases/${code}`, who.officer));
  };
  const works: Record<keyof Found, [string, Work]> = {
    acts: [base, (connection, time) => wholeCase(who, connection, time)],
    peerActs: [peer.base, peerCase(peer.token, made)],
    reads: [base, read],
    peerReads: [peer.base, peerRead(peer.token, made)],
  };
  for (let round = 0; round <= rounds; round += 1) {
    const it = { seconds: round === 0 ? 3 : seconds, connections };
    for (const name of ['acts', 'peerActs', 'reads', 'peerReads'] as const) {
      const [at, work] = works[name];
      const { perSecond } = await load(at, it, work);
      process.stderr.write(`${name} ${perSecond.toFixed(0)}/s\n`);
      if (round > 0) found[name].push(perSecond);
    }
  }
  return found;
}

/** The same three acts: an application, then its state changed twice. */
function peerCase(token: string, made: string[]): Work {
  const at = (path: string) => `${path}?access_token=${token}`;
  return async (connection, time) => {
    const { person, household, kind, occupationId } = application();
    const { nationalId, firstName, lastName, mobile } = person;
    const row = {
      ...{ national_id: nationalId, first_name: firstName, last_name: lastName, mobile, kind },
      ...{ occupation_id: occupationId, county_id: household.countyId, area: household.area },
      ...{ address: household.address, state: 'submitted' },
    };
    const answer = await time('submit', () => connection.post(at('/items/applications'), '', row));
    const { id } = answer.body.data;
    const item = at(`/items/applications/${id}`);
    await time('sign', () => connection.patch(item, '', { state: 'agency_signed' }));
    await time('grant', () => connection.patch(item, '', { state: 'issued' }));
    made.push(id);
  };
}

function peerRead(token: string, made: readonly string[]): Work {
  let turn = 0;
  return async (connection, time) => {
    turn += 1;
    const path = `/items/applications/${made[(turn * 7919) % made.length]}?access_token=${token}`;
    await time('read', () => connection.get(path, ''));
  };
}

function claimsOf(found: Found): Claim[] {
  const [acts, peerActs] = [median(found.acts), median(found.peerActs)];
  const [reads, peerReads] = [median(found.reads), median(found.peerReads)];
  return [
    {
      ...{ id: 'acts', value: acts, unit: 'acts/s', ratio: acts / peerActs },
      against: `Directus as a clerk (${peerActs.toFixed(0)}/s)`,
      ...{ target: `ratio ≥ ${leastRatio}`, holds: acts / peerActs >= leastRatio },
    },
    {
      ...{ id: 'cases-opened', value: reads, unit: 'reads/s', ratio: reads / peerReads },
      against: `one item by Directus (${peerReads.toFixed(0)}/s), which has no history in it`,
      ...{ target: 'none: its figure beside', holds: true },
    },
  ];
}
