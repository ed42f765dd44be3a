import { isoDate } from '../src/kit/jalali.ts';
import type { Database } from '../src/platform/database.ts';
import type { Files } from '../src/platform/files.ts';
import type { Act } from '../src/platform/history.ts';
import type { CaseStory, Day } from './case-story.ts';
import { openBuyers } from './market-buyers.ts';
import {
  announceBazaar,
  applyToBazaar,
  drawBazaar,
  endBazaar,
  leaveFairOpen,
} from './market-fairs.ts';
import { advanceOrders, placeOrders } from './market-orders.ts';
import { makePictures, type Pictures } from './market-pictures.ts';
import { chooseSupplier, handOutMaterial, leavePoolOpen, openPool } from './market-purchases.ts';
import { fillTogether, leaveRequestsOpen } from './market-requests.ts';
import type { MarketScene } from './market-scene.ts';
import { openStalls } from './market-stalls.ts';
import { isDone, once } from './once.ts';
import type { Scene } from './scene.ts';

type Part = (scene: MarketScene, act: Act) => Promise<void>;

/** The market's ten-day steps in the spring of 1401, each told after the week in which its day is. */
const parts: readonly { readonly day: Day; readonly tell: readonly Part[] }[] = [
  { day: isoDate('2022-04-09'), tell: [openBuyers, openStalls(1), announceBazaar] },
  { day: isoDate('2022-04-19'), tell: [openStalls(2), placeOrders, applyToBazaar] },
  { day: isoDate('2022-04-29'), tell: [advanceOrders, placeOrders, drawBazaar, openPool] },
  { day: isoDate('2022-05-09'), tell: [advanceOrders, placeOrders, endBazaar, chooseSupplier] },
  { day: isoDate('2022-05-19'), tell: [advanceOrders, placeOrders, handOutMaterial] },
  { day: isoDate('2022-05-29'), tell: [openStalls(3), advanceOrders, placeOrders, fillTogether] },
  { day: isoDate('2022-06-08'), tell: [advanceOrders, placeOrders, leavePoolOpen] },
  {
    day: isoDate('2022-06-17'),
    tell: [advanceOrders, placeOrders, leaveFairOpen, leaveRequestsOpen],
  },
];

type Around = Omit<Scene, 'tx'> & {
  readonly database: Database;
  readonly cases: readonly CaseStory[];
  readonly files: Files | undefined;
};

/** What was drawn for a loading; files are written before the transaction that names them. */
const drawn = new WeakMap<object, Promise<Pictures>>();

function picturesOf(cases: readonly CaseStory[], files: Files | undefined): Promise<Pictures> {
  const made = drawn.get(cases) ?? makePictures(files);
  drawn.set(cases, made);
  return made;
}

/** The parts of the market's story whose days are in a week, each an operation of its own after it. */
export async function tellMarket(
  { database, reference, accounts, cases, files }: Around,
  since: string,
  day: string,
): Promise<void> {
  for (const { day: from, tell } of parts) {
    if (from <= since || from > day) continue;
    const operation = { name: `market ${from}`, day: isoDate(day) };
    if (await isDone(database, operation)) continue;
    const pictures = await picturesOf(cases, files);
    await once(database, operation, async (tx, act) => {
      const scene = { tx, reference, accounts, cases, pictures };
      for (const part of tell) await part(scene, act);
      return null;
    });
  }
}
