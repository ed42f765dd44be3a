import { createHash } from 'node:crypto';
import { decodeCode } from '../src/kit/code.ts';
import { documentJobs } from '../src/permits/index.ts';
import { silentLog } from '../src/platform/telemetry.ts';
import type { VirusScan } from '../src/platform/virus-scan.ts';
import type { Caller, Reply, TestHouse } from './house.ts';
import { holding } from './staff-account.ts';

/** Signs a mobile in by the code that the outbox holds. */
export async function signInByCode(house: TestHouse, mobile: string): Promise<Caller> {
  // A later message is told from an earlier one by its moment.
  house.clock.moveTo(new Date(house.clock.now().getTime() + 1000));
  // The code is good in the browser that asked for it.
  const asking = holding(house, await house.nobody.post('/api/session/code', { mobile }));
  const [code] = await codesSent(house, mobile);
  const reply = await asking.post('/api/session/citizen', { mobile, code });
  return holding(house, reply);
}

/** The codes that a mobile was sent, the newest first. */
export async function codesSent(house: TestHouse, mobile: string): Promise<string[]> {
  const rows = await house.database.transaction(
    { province: 4, organisation: '', person: '' },
    (tx) =>
      tx
        .selectFrom('sms_outbox')
        .select('text')
        .where('mobile', '=', mobile)
        .orderBy('id', 'desc')
        .execute(),
  );
  return rows.map(({ text }) => (/[0-9\u06f0-\u06f9]{6}/.exec(text ?? '') ?? [''])[0]);
}

export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Uploads a document whole and has the job keep it; the answer is the upload at its end. */
export async function sendDocument(
  house: TestHouse,
  from: Caller,
  about: { draft?: string; case?: string; number: number; type: string },
  bytes: Uint8Array,
  scan?: VirusScan,
): Promise<Reply> {
  const begun = await from.post('/api/uploads', { ...about, bytes: bytes.length });
  if (begun.status !== 201) return begun;
  const url = `/api/uploads/${begun.body.code}`;
  for (let at = 0; at < bytes.length; at += 100_000) {
    await from.put(`${url}?offset=${at}`, bytes.subarray(at, at + 100_000));
  }
  await from.post(`${url}/finish`, { sha256: digestOf(bytes) });
  await keepDocument(house, begun.body.code, scan);
  return from.get(url);
}

/** Runs the job that keeps one document. */
export async function keepDocument(
  house: TestHouse,
  code: string,
  scan?: VirusScan,
): Promise<void> {
  const key = decodeCode(code);
  const around = { database: house.database, clock: house.clock, log: silentLog };
  const jobs = documentJobs(house.files, scan);
  await jobs['permits.keepDocument']?.({ provinceId: key?.provinceId, id: key?.id }, around);
}
