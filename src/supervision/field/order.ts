import type { FieldRecord } from './queries.ts';

/** What a record is about: its visit once it has one, and the stage of the case. */
function subjects({ visitId, caseId, sent }: FieldRecord): string[] {
  const stage = sent.kind === 'unplanned' ? `${caseId} ${sent.stage}` : null;
  return [visitId, stage].filter((one) => one !== null);
}

const waiting: readonly string[] = ['held', 'waits_photos'];
const unsettled: readonly string[] = [...waiting, 'conflict'];

/**
 * A phone's records in the order of its own count, and which of them can be applied next. Pure: photos and
 * neighbours are given, and states are moved in the records themselves.
 */
export class RecordBook {
  readonly #records: readonly FieldRecord[];
  readonly #byId: ReadonlyMap<string, FieldRecord>;
  readonly #before: ReadonlyMap<FieldRecord, string>;
  /** The highest number up to which nothing is missing. */
  readonly #whole: number;

  constructor(records: readonly FieldRecord[], whole: number) {
    this.#records = records.toSorted((a, b) => a.seq - b.seq);
    this.#byId = new Map(records.map((one) => [one.id, one]));
    this.#before = new Map(records.map((one) => [one, fingerprint(one)]));
    this.#whole = whole;
  }

  /** Records that stand otherwise than when they were read. */
  get moved(): FieldRecord[] {
    return this.#records.filter((one) => fingerprint(one) !== this.#before.get(one));
  }

  /** How all records stand now. @returns what puts them back as they are */
  remember(): () => void {
    const stood = this.#records.map((record) => ({ ...record }));
    return () => {
      for (const [at, record] of this.#records.entries()) Object.assign(record, stood[at]);
    };
  }

  /** A record whose outcome stands and that this one corrects. */
  standingFor(record: FieldRecord): FieldRecord | undefined {
    if (record.corrects === null || record.visitId === null) return undefined;
    return this.#records.findLast(
      (one) => one.seq < record.seq && one.state === 'applied' && one.visitId === record.visitId,
    );
  }

  /** Puts corrections in the place of what they correct, as far as that was not applied. */
  replaceCorrected(): void {
    for (const record of this.#records) {
      if (record.seq > this.#whole || !waiting.includes(record.state)) continue;
      const target = this.#byId.get(record.corrects ?? '');
      if (target === undefined || target.seq >= record.seq) continue;
      record.visitId ??= target.visitId;
      if (unsettled.includes(target.state)) target.state = 'replaced';
    }
  }

  /**
   * The next records to be applied, at most one of each case, so that they can be taken together.
   * Those whose photos are not whole are marked so; those with a refused one are a conflict.
   */
  next(photos: ReadonlyMap<string, string>): FieldRecord[] {
    const blocked = new Set<string>();
    const cases = new Set<string | null>();
    const due: FieldRecord[] = [];
    for (const record of this.#records) {
      if (!unsettled.includes(record.state)) continue;
      const mine = subjects(record);
      const waits = record.state === 'conflict' || !this.#isDue(record, mine, blocked, photos);
      if (!waits && !cases.has(record.caseId)) due.push(record);
      if (!waits) cases.add(record.caseId);
      for (const subject of mine) blocked.add(subject);
    }
    return due;
  }

  #isDue(
    record: FieldRecord,
    mine: readonly string[],
    blocked: ReadonlySet<string>,
    photos: ReadonlyMap<string, string>,
  ): boolean {
    record.state = 'held';
    if (record.seq > this.#whole || mine.some((one) => blocked.has(one))) return false;
    const states = record.photoDigests.map((digest) => photos.get(digest));
    const unknown = record.caseId === null ? 'supervision.visit_unknown' : null;
    const problem = states.includes('refused') ? 'supervision.photo_refused' : unknown;
    if (problem !== null) {
      Object.assign(record, { state: 'conflict', problem });
      return false;
    }
    if (states.every((state) => state === 'kept')) return true;
    record.state = 'waits_photos';
    return false;
  }
}

function fingerprint({ state, problem, faults, visitId, appliedRevision }: FieldRecord): string {
  return JSON.stringify([state, problem, faults, visitId, appliedRevision]);
}
