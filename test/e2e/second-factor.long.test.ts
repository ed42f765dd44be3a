import { createServer } from 'node:net';
import { generate } from 'otplib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashSecret } from '../../src/accounts/password.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openPage } from '../browser.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { openStaff, ownPassword } from '../staff-account.ts';
import { buildPages } from './pages.ts';

let house: TestHouse;
let address: string;
beforeAll(async () => {
  await buildPages();
  const port = await freePort();
  // A passkey belongs to a name: an address in figures has none.
  address = `http://localhost:${port}`;
  house = await testHouse(undefined, false, { publicUrl: address, deviceClock: systemClock });
  await house.app.listen({ port, host: 'localhost' });
  await openStaff(house, 'n.karimi', 'officer', { nameFa: 'نگار کریمی' });
  await openStaff(house, 'b.karimi', 'director', { passwordHash: await hashSecret(ownPassword) });
}, 300_000);
afterAll(() => house.close());

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function typePassword(page: Page, username: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('نام کاربری').fill(username);
  await page.getByLabel('گذرواژه').fill(ownPassword);
  await page.getByRole('button', { name: 'ورود', exact: true }).click();
}

test('who signs sets up an app with the first password, and comes in with its code afterwards', async () => {
  await using open = await openPage(address, { screen: 'phone' });
  const { page } = open;
  await typePassword(page, 'n.karimi');
  await page.getByRole('heading', { name: 'عامل دوم را آماده کنید' }).waitFor();
  // Nothing else opens before that.
  await page.goto('/office/cases');
  await page.waitForURL('**/sign-in**');
  const begun = page.waitForResponse('**/api/my/factors/totp');
  await page.getByRole('button', { name: 'افزودن برنامهٔ کدساز' }).click();
  const { secret } = (await (await begun).json()) as { secret: string };
  await page.getByRole('img', { name: 'نقش برای برنامهٔ کدساز' }).waitFor();
  await page.getByText(secret).waitFor();
  await page.getByLabel('نخستین کد').fill(await generate({ secret }));
  await page.getByRole('button', { name: 'همین کد درست است' }).click();
  await page.getByText('تنها همین یک بار نشان داده می‌شود').waitFor();
  const [recovery = ''] = await page.getByRole('status').getByRole('listitem').allTextContents();
  await page.getByRole('button', { name: 'نوشتم؛ ادامه' }).click();
  await page.waitForURL('**/office/cases');
  await page.goto('/my/account');
  await page.getByText('همین مرورگر').waitFor();
  await using next = await openPage(address);
  await typePassword(next.page, 'n.karimi');
  await next.page.getByRole('heading', { name: 'عامل دوم' }).waitFor();
  await next.page.getByLabel('کد', { exact: true }).fill(recovery);
  await next.page.getByRole('button', { name: 'ورود', exact: true }).click();
  await next.page.waitForURL('**/office/desk');
  expect([...open.errors, ...next.errors].filter((error) => !/40[134]/.test(error))).toEqual([]);
});

test('a passkey of the browser opens the door alone', async () => {
  await using open = await openPage(address);
  const { page } = open;
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await typePassword(page, 'b.karimi');
  await page.getByRole('button', { name: 'افزودن کلید ورود' }).click();
  await page.getByRole('button', { name: 'نوشتم؛ ادامه' }).click();
  await page.waitForURL('**/office/desk');
  await page.waitForLoadState('networkidle');
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'ورود با کلید ورود' }).click();
  await page.waitForURL('**/office/desk');
  await page.goto('/my/account');
  await page.getByRole('listitem').filter({ hasText: 'کلید ورود' }).first().waitFor();
  // A house without the demonstration has no cast.
  expect(open.errors.filter((error) => !/404/.test(error))).toEqual([]);
});
