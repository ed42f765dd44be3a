import { answer, api } from '../../../web/api.ts';
import { problemOf } from '../../../web/problem.ts';
import { noteClock } from './phone.ts';
import { whereRoom } from './room.ts';
import {
  type KeptRecord,
  type Phone,
  type RecordProblem,
  type RecordState,
  type SyncAnswer,
  settledStates,
} from './shapes.ts';
import { database, type Vault } from './vault.ts';

/** A piece of a photo: a second at 256 kbit/s. */
const pieceBytes = 32 * 1024;
/** Records in one request, and how many bytes of them. */
const mostRecords = 5;
const mostRecordBytes = 48 * 1024;
/** What is longer on its way is given up and tried again. */
const patienceMs = 60_000;
/** How often a photo may begin anew in one round. */
const mostRestarts = 3;

/** What stopped a round: nothing, no network, no room, or something that a person has to mend. */
export type Stopped = null | 'offline' | 'full' | 'signedOut' | 'revoked' | 'foreign' | 'busy';

const stops: { readonly [code: string]: Stopped } = {
  'platform.not_signed_in': 'signedOut',
  'platform.forbidden': 'foreign',
  'platform.not_found': 'foreign',
  'supervision.device_foreign': 'foreign',
  'supervision.device_revoked': 'revoked',
};

/** Statuses of a request that is turned away whatever its place in the line. */
const turnedAway: readonly number[] = [400, 413, 422];

const within = () => AbortSignal.timeout(patienceMs);

async function send(phone: Phone, waiting: number, records: readonly KeptRecord[]) {
  const body = {
    device: phone.deviceId,
    deviceNow: new Date().toISOString(),
    waiting,
    records: records.map(({ sent, seq }) => ({ ...sent, seq })),
  };
  return answer(api.POST('/api/field-records', { body, signal: within() }));
}

/** Records as they go together: in their order, few enough to be through within seconds. */
function batchesOf(records: readonly KeptRecord[]): KeptRecord[][] {
  const batches: KeptRecord[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const bytes = JSON.stringify(record.sent).length;
    const last = batches.at(-1);
    if (!last || last.length >= mostRecords || size + bytes > mostRecordBytes) {
      batches.push([record]);
      size = bytes;
    } else {
      last.push(record);
      size += bytes;
    }
  }
  return batches;
}

/** One round of sending: everything that is not settled, then the photos that the server wants. */
class Round {
  readonly #vault: Vault;
  readonly #phone: Phone;
  #waiting = 0;
  /** Records of which the server has said its last word, and the phone has no room to note it. */
  readonly #unnoted: string[] = [];
  #full = false;

  constructor(vault: Vault, phone: Phone) {
    this.#vault = vault;
    this.#phone = phone;
  }

  /**
   * Sends everything, also from a phone that has no room to note what came of it.
   * @returns whether something is on its way that another round would find further on
   */
  async run(): Promise<{ stopped: Stopped; more: boolean }> {
    const records = await this.#vault.unsettled();
    this.#waiting = records.filter(({ state }) => state === 'kept').length;
    let wanted: SyncAnswer['wanted'] = [];
    for (const batch of batchesOf(records)) wanted = (await this.#deliver(batch)) ?? wanted;
    for (const { sha256, received } of wanted) await this.#photo(sha256, received);
    if (this.#full) await this.#vault.forgetPhotos(this.#unnoted);
    const left = await this.#vault.unsettled();
    const more = left.some(({ state }) => state === 'kept' || state === 'waits_photos');
    return { stopped: this.#full ? 'full' : null, more };
  }

  async #note(id: string, state: RecordState, problem: RecordProblem): Promise<void> {
    if (await whereRoom(() => this.#vault.move(id, state, problem))) return;
    this.#full = true;
    if (settledStates.includes(state)) this.#unnoted.push(id);
  }

  async #deliver(batch: readonly KeptRecord[]): Promise<SyncAnswer['wanted'] | undefined> {
    try {
      const said = await send(this.#phone, this.#waiting, batch);
      await noteClock(said.serverNow);
      for (const { id, state, problem } of said.records) {
        await this.#note(id, state, problem);
      }
      this.#waiting -= batch.filter(({ state }) => state === 'kept').length;
      return said.wanted;
    } catch (error) {
      const { status, code, faults = [] } = problemOf(error);
      if (!turnedAway.includes(status)) throw error;
      const [only] = batch;
      if (batch.length > 1 || !only) {
        let wanted: SyncAnswer['wanted'] | undefined;
        for (const one of batch) wanted = (await this.#deliver([one])) ?? wanted;
        return wanted;
      }
      // It stays on the phone, and says why; nothing that was filled in is dropped.
      const known = faults.map(({ pointer, code: fault = '' }) => ({ pointer, code: fault }));
      await this.#note(only.id, 'refused', { code, faults: known });
      return undefined;
    }
  }

  async #photo(sha256: string, received: number): Promise<void> {
    const bytes = await this.#vault.photo(sha256);
    if (!bytes) return;
    let restarts = 0;
    for (let at = received; at < bytes.byteLength; ) {
      const next = await this.#piece(sha256, at, bytes.slice(at, at + pieceBytes));
      if (next <= at) restarts += 1;
      if (restarts > mostRestarts) return;
      at = next;
    }
  }

  /** Sends a piece. @returns how many bytes the server has now */
  async #piece(sha256: string, offset: number, bytes: ArrayBuffer): Promise<number> {
    const query = { device: this.#phone.deviceId, offset };
    const params = { path: { sha256 }, query };
    const headers = { 'Content-Type': 'application/octet-stream' };
    const how = { headers, body: bytes as never, bodySerializer: (raw: unknown) => raw };
    try {
      const call = api.PUT('/api/field-photos/{sha256}', { params, ...how, signal: within() });
      return (await answer(call)).received;
    } catch (error) {
      const { code, details } = problemOf(error);
      if (code === 'supervision.photo_gap') return Number(details?.wanted ?? 0);
      throw error;
    }
  }
}

/**
 * Sends what the phone keeps, one tab at a time.
 * @returns what stopped it, and whether another round is worth while soon
 */
export async function sendAll(vault: Vault): Promise<{ stopped: Stopped; more: boolean }> {
  const phone = await database.phone.get('phone');
  if (!phone) return { stopped: null, more: false };
  if (phone.revoked) return { stopped: 'revoked', more: false };
  const round = async () => {
    try {
      return await new Round(vault, phone).run();
    } catch (error) {
      const stopped = stops[problemOf(error).code] ?? 'offline';
      if (stopped === 'revoked') await database.phone.update('phone', { revoked: true });
      return { stopped, more: true };
    }
  };
  const { locks } = navigator;
  return locks.request('karkhaneh-field', { ifAvailable: true }, (lock) =>
    lock ? round() : { stopped: 'busy' as const, more: true },
  );
}
