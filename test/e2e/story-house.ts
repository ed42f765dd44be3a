import { type AddressInfo, createServer } from 'node:net';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { demoPages } from '../../demo/pages.ts';
import { startStandInGateway } from '../../demo/payment-gateway.ts';
import { jobHandlers } from '../../src/app.ts';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { httpGateway } from '../../src/market/index.ts';
import { startWorker } from '../../src/platform/jobs.ts';
import type { Role } from '../../src/platform/policy.ts';
import { outboxSms } from '../../src/platform/sms.ts';
import { silentLog } from '../../src/platform/telemetry.ts';
import { signInByCode } from '../applicant.ts';
import { type OpenPage, openPage } from '../browser.ts';
import { type Caller, type TestHouse, testHouse } from '../house.ts';
import { cookiesOf } from '../start-browser.ts';
import { buildPages } from './pages.ts';

/** Browsers on a busy machine take their time. */
export const patient = { timeout: 30_000 };

/** A house with a worker and a port, and the people of a story, who each have a browser. */
export type StoryHouse = {
  readonly house: TestHouse;
  /** Where its pages are. */
  readonly address: string;
  /** Opens a browser for a member of staff, signed in. */
  readonly staff: (role: Role, organisationId: string, nameFa: string) => Promise<OpenPage>;
  /** A citizen who has said who she is, and her phone. */
  readonly citizen: (mobile: string, who: Who) => Promise<{ caller: Caller; phone: OpenPage }>;
  readonly close: () => Promise<void>;
};

type Who = { readonly firstName: string; readonly lastName: string; readonly serial: number };

/** How a person is written down, at a counter or by themselves. */
export function personOf({ firstName, lastName, serial }: Who) {
  const nationalId = generateNationalId('276', serial);
  const born = { birthOn: '1985-05-02', sex: 'female', idKind: 'national' } as const;
  return { firstName, lastName, nationalId, ...born };
}

const password = 'a password of tests';

/** A port that nobody listens on: a gateway has to know where the house will be before it is built. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A house that listens and works, with the demonstration's payment gateway. */
async function startHouse() {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const gateway = await startStandInGateway(address);
  const house = await testHouse(undefined, true, {
    paysOnline: true,
    extend: (app, it) => demoPages(app, it, gateway),
  });
  const paymentGateway = httpGateway(gateway.config, { demonstration: true });
  const outside = { sms: outboxSms, files: house.files, publicUrl: address, paymentGateway };
  const { clock, database } = house;
  const around = { clock, log: silentLog, schedule: [] };
  const worker = await startWorker(database, jobHandlers(outside), around);
  await house.app.listen({ port, host: '127.0.0.1' });
  return { house, address, worker, gateway };
}

/** Starts the house on the day after the demonstration's story. */
export async function startStory(): Promise<StoryHouse> {
  await buildPages();
  const { house, address, worker, gateway } = await startHouse();
  let members = 0;
  return {
    house,
    address,
    async staff(role, organisationId, nameFa) {
      members += 1;
      const username = `story-${members}`;
      await house.signIn({ role, organisationId, username, nameFa });
      const open = await openPage(address);
      const data = { username, password };
      const reply = await open.page.request.post('/api/session', { data });
      expect(reply.status()).toBe(201);
      return open;
    },
    async citizen(mobile, who) {
      const caller = await signInByCode(house, mobile);
      expect((await caller.post('/api/my/identity', personOf(who))).status).toBe(200);
      const phone = await openPage(address, { screen: 'phone' });
      await phone.page.context().addCookies(cookiesOf(caller.cookie, address));
      return { caller, phone };
    },
    async close() {
      await worker.stop();
      await house.close();
      await gateway.close();
    },
  };
}

/** Takes one act from a case's page: opens its dialog, fills it in, confirms. */
export async function act(
  page: Page,
  code: string,
  name: string,
  fill: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  await page.goto(`/office/cases/${code}`);
  await page.getByRole('button', { name }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await fill(page);
  await dialog.getByRole('button', { name, exact: true }).click();
  await page.getByText(`ثبت شد: ${name}`).waitFor();
}
