import { Dexie, type Table } from 'dexie';
import { digestOf, open, openJson, type Sealed, seal, sealJson } from './seal.ts';
import {
  type BoxRow,
  type Draft,
  type KeptRecord,
  type Pack,
  type Phone,
  type PhotoRow,
  type RecordBody,
  type RecordProblem,
  type RecordRow,
  type RecordState,
  settledStates,
} from './shapes.ts';

/** The tables on the phone. A change of them is a new version below the old one, which stays. */
class FieldDatabase extends Dexie {
  declare phone: Table<Phone, 'phone'>;
  declare boxes: Table<BoxRow, string>;
  declare records: Table<RecordRow, string>;
  declare photos: Table<PhotoRow, string>;

  constructor() {
    super('karkhaneh-field');
    this.version(1).stores({
      ...{ phone: 'id', boxes: 'place', records: 'id, &seq, state', photos: 'sha256' },
    });
  }
}

/** The phone's own database; opened when first asked. */
export const database = new FieldDatabase();

/** Settled records are kept so long, for whoever wants to look again; milliseconds. */
const keptFor = 14 * 86_400_000;
/** A photo that belongs to nothing after so long was taken for a draft that is gone; milliseconds. */
const orphanAge = 86_400_000;

const draftPlace = (id: string): string => `draft ${id}`;

/** What the phone keeps, opened with its key. Nothing here needs a network. */
export class Vault {
  readonly #key: CryptoKey;

  constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** What was taken along; undefined before the first time. */
  async openPack(row: BoxRow | undefined): Promise<Pack | undefined> {
    return row && openJson<Pack>(this.#key, 'pack', row.sealed);
  }

  async keepPack(pack: Pack): Promise<void> {
    await database.boxes.put({ place: 'pack', sealed: await sealJson(this.#key, 'pack', pack) });
  }

  async openDrafts(rows: readonly BoxRow[]): Promise<Draft[]> {
    return Promise.all(rows.map((row) => openJson<Draft>(this.#key, row.place, row.sealed)));
  }

  async draft(id: string): Promise<Draft | undefined> {
    const row = await database.boxes.get(draftPlace(id));
    return row && openJson<Draft>(this.#key, row.place, row.sealed);
  }

  async keepDraft(draft: Draft): Promise<void> {
    const place = draftPlace(draft.id);
    await database.boxes.put({ place, sealed: await sealJson(this.#key, place, draft) });
  }

  async dropDraft(id: string): Promise<void> {
    await database.boxes.delete(draftPlace(id));
  }

  /** Keeps the bytes of a picture. @returns their digest, by which it is known from now on */
  async keepPhoto(bytes: ArrayBuffer): Promise<string> {
    const sha256 = await digestOf(bytes);
    const sealed = await seal(this.#key, sha256, bytes);
    await database.photos.put({ sha256, madeAt: Date.now(), sealed });
    return sha256;
  }

  /** The bytes of a picture; undefined once the server has it and the phone forgot it. */
  async photo(sha256: string): Promise<ArrayBuffer | undefined> {
    const row = await database.photos.get(sha256);
    return row && open(this.#key, sha256, row.sealed);
  }

  /**
   * Makes a record of a draft: it gets the phone's next number and the draft is gone, both or neither.
   * @returns the record's id
   */
  async finish(body: RecordBody): Promise<string> {
    const { id } = body.sent;
    const sealed = await sealJson(this.#key, id, body);
    const { phone, records, boxes } = database;
    await database.transaction('rw', phone, records, boxes, async () => {
      const row = await phone.get('phone');
      if (!row) throw new Error('no phone');
      const seq = row.nextSeq;
      await records.add({ id, seq, state: 'kept', problem: null, madeAt: Date.now(), sealed });
      await phone.update('phone', { nextSeq: seq + 1 });
      await boxes.delete(draftPlace(body.draft.id));
    });
    return id;
  }

  async openRecords(rows: readonly RecordRow[]): Promise<KeptRecord[]> {
    const opened = rows.map(async ({ sealed, ...row }) => {
      return { ...row, ...(await this.#body(row.id, sealed)) };
    });
    return Promise.all(opened);
  }

  #body(id: string, sealed: Sealed): Promise<RecordBody> {
    return openJson<RecordBody>(this.#key, id, sealed);
  }

  /** Records about which the server has not said its last word, in their order. */
  async unsettled(): Promise<KeptRecord[]> {
    const rows = await database.records.where('state').noneOf(settledStates).sortBy('seq');
    return this.openRecords(rows);
  }

  /** Writes where a record stands. */
  async move(id: string, state: RecordState, problem: RecordProblem): Promise<void> {
    await database.records.update(id, { state, problem });
  }

  /** Forgets photos of records that the server has whole, but for what a draft or another record needs. */
  async forgetPhotos(ids: readonly string[]): Promise<void> {
    const unsettled = await this.unsettled();
    const whole = unsettled.filter(({ id }) => ids.includes(id)).map(({ sent }) => sent);
    const drafts = await this.openDrafts(await draftRows());
    const rest = unsettled.filter(({ id }) => !ids.includes(id)).map(({ sent }) => sent);
    const needed = digestsOf([...drafts, ...rest]);
    const gone = [...digestsOf(whole)].filter((digest) => !needed.has(digest));
    await database.photos.bulkDelete(gone);
  }

  /** Forgets what nobody needs any more: photos that the server has, and records long settled. */
  async sweep(now: number = Date.now()): Promise<void> {
    const old = await database.records.where('state').anyOf(settledStates).toArray();
    const past = old.filter(({ madeAt }) => madeAt < now - keptFor).map(({ id }) => id);
    await database.records.bulkDelete(past);
    const drafts = await this.openDrafts(await draftRows());
    const digests = digestsOf([...drafts, ...(await this.unsettled()).map(({ sent }) => sent)]);
    await database.photos
      .filter(({ sha256, madeAt }) => !digests.has(sha256) && madeAt < now - orphanAge)
      .delete();
  }
}

function digestsOf(named: readonly Pick<Draft, 'photos'>[]): Set<string> {
  return new Set(named.flatMap(({ photos }) => photos.map(({ sha256 }) => sha256)));
}

/** The rows of drafts. */
export function draftRows(): Promise<BoxRow[]> {
  return database.boxes.where('place').startsWith('draft ').toArray();
}

/** The row of the pack. */
export function packRow(): Promise<BoxRow | undefined> {
  return database.boxes.get('pack');
}
