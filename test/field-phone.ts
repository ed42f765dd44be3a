import { randomUUID } from 'node:crypto';
import { silentLog } from '../src/platform/telemetry.ts';
import { supervisionJobs } from '../src/supervision/index.ts';
import { digestOf } from './applicant.ts';
import { type Caller, publicUrl, type Reply, type TestHouse } from './house.ts';
import { passingAnswers } from './passed-visits.ts';
import { jpegBytes } from './picture-bytes.ts';

/** What a phone sends of a photo, besides its bytes. */
export const photo = jpegBytes();
export const photoDigest = digestOf(photo);
const taken = '2022-06-22T07:00:00Z';

/** Answers with which a visit on the spot passes: by phone, and the evidence of having been there. */
export const fieldAnswers = {
  ...passingAnswers.before,
  photo: [photoDigest],
  place: { latE6: 37_550_000, lonE6: 45_070_000, accuracyM: 12 },
  signatures: [{ name: 'x', organisation: 'y' }],
};

/** A record as a phone makes it; its count is the caller's. */
export function record(seq: number, about: object) {
  return {
    ...{
      id: randomUUID(),
      seq,
      kind: 'outcome',
      checklist: randomUUID(),
      verb: 'supervision.pass',
    },
    ...{ answers: fieldAnswers, at: taken },
    photos: [
      {
        ...{ sha256: photoDigest, bytes: photo.length, type: 'image/jpeg', question: 'photo' },
        ...{ takenAt: taken, place: null },
      },
    ],
    ...about,
  };
}

/** A phone that somebody enrolled. */
export async function enrolPhone(caller: Caller, id: string = randomUUID()) {
  const body = { id, label: 'A phone', dataKey: 'A'.repeat(43) };
  const enrolled = await caller.post('/api/field-devices', body);
  const sync = (records: readonly object[], deviceNow = '2022-06-22T08:00:00Z'): Promise<Reply> =>
    caller.post('/api/field-records', { device: id, deviceNow, waiting: 0, records });
  const piece = (bytes: Uint8Array, offset: number, sha256 = photoDigest): Promise<Reply> =>
    caller.put(`/api/field-photos/${sha256}?device=${id}&offset=${offset}`, bytes);
  return { id, enrolled, sync, piece };
}

/** Runs the job that keeps a photo. */
export async function keepPhoto(house: TestHouse, deviceId: string, sha256 = photoDigest) {
  const around = { database: house.database, clock: house.clock, log: silentLog };
  const jobs = supervisionJobs({ files: house.files, publicUrl });
  await jobs['supervision.keepPhoto']?.({ provinceId: 4, deviceId, sha256 }, around);
}
