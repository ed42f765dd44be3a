import type { Answer, paths } from '../../../web/api.ts';
import type { Label } from '../../../web/format.ts';
import type { Answers } from '../../checklist-rules.ts';
import type { Deviation, OutcomeVerb, Stage } from '../../rules.ts';
import type { Sealed, Wrapped } from './seal.ts';

/** What a phone took along. */
export type Pack = Answer<'/api/field-pack'>;
export type PackVisit = Pack['visits'][number];
export type PackChecklist = Pack['checklists'][number];
export type PackPlan = Pack['plannable'][number];

type Sync = paths['/api/field-records']['post'];
/** A record as it is sent. */
export type SentRecord = Sync['requestBody']['content']['application/json']['records'][number];
export type SyncAnswer = Sync['responses'][200]['content']['application/json'];
/** A photo or a drawn signature, without its bytes. */
export type PhotoMeta = SentRecord['photos'][number];
export type Spot = NonNullable<PhotoMeta['place']>;

/** The phone itself: one row, readable without the PIN. */
export type Phone = {
  readonly id: 'phone';
  readonly deviceId: string;
  readonly accountId: string;
  readonly owner: Label;
  readonly label: string;
  /** Absent after too many wrong PINs: then only the server's key opens it. */
  readonly wrapped?: Wrapped | undefined;
  readonly tries: number;
  /** Before this moment no PIN is tried, ms. */
  readonly nextTryAt: number;
  /** The number of the next record. */
  readonly nextSeq: number;
  /** How far the phone's clock was behind the server's, ms. */
  readonly clockOffMs: number;
  readonly revoked?: boolean;
  /** Of the demonstration, whose calendar is not the phone's. */
  readonly demonstration: boolean;
};

/** Where a record stands: with the phone alone, turned away unread, or as the server says. */
export type RecordState = 'kept' | 'refused' | SyncAnswer['records'][number]['state'];
export type RecordProblem = SyncAnswer['records'][number]['problem'];

/** A visit that is being filled in. */
export type Draft = {
  readonly id: string;
  /** The visit's code, or undefined for one that nobody had planned. */
  readonly visit?: string | undefined;
  readonly base?: number | undefined;
  readonly caseCode: string;
  readonly stage: Stage;
  readonly checklist: string;
  readonly name: string;
  readonly place: string;
  /** Agencies that were asked to join: each has to sign before the visit passes. */
  readonly parties: PackVisit['parties'];
  readonly answers: Answers;
  readonly photos: readonly PhotoMeta[];
  readonly verb?: OutcomeVerb | undefined;
  readonly deviation?: Deviation | undefined;
  readonly note: string;
  readonly correctUntil?: string | undefined;
  /** The record that this one puts right. */
  readonly corrects?: string | undefined;
};

/** A record that was finished, with what it was made from, so that it can be put right. */
export type RecordBody = { readonly sent: Omit<SentRecord, 'seq'>; readonly draft: Draft };

/** A row of the phone's own records: its number and state are readable, what it says is sealed. */
export type RecordRow = {
  readonly id: string;
  readonly seq: number;
  readonly state: RecordState;
  readonly problem: RecordProblem;
  readonly madeAt: number;
  readonly sealed: Sealed;
};
export type KeptRecord = Omit<RecordRow, 'sealed'> & RecordBody;

export type PhotoRow = {
  readonly sha256: string;
  readonly madeAt: number;
  readonly sealed: Sealed;
};

/** Anything else that is kept sealed: the pack and the drafts, by their places. */
export type BoxRow = { readonly place: string; readonly sealed: Sealed };

/** States in which the server has said its last word. */
export const settledStates: readonly RecordState[] = ['applied', 'kept_office', 'replaced'];
/** States of records that the server has not received. */
export const unreceivedStates: readonly RecordState[] = ['kept', 'refused'];
