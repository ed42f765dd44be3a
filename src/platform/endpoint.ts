import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import type { Problem } from '../kit/problem.ts';
import type { ClientScope } from './client-token.ts';
import type { Clock } from './clock.ts';
import type { Database, Tx } from './database.ts';
import type { Files } from './files.ts';
import type { Act } from './history.ts';
import type { IdentityServer } from './identity-server.ts';
import type { Keyring } from './keyring.ts';
import type { Language, Say } from './language.ts';
import type { Permissions, Principal } from './policy.ts';
import type { SigningKey } from './signing-key.ts';
import type { Sms } from './sms.ts';
import type { TurnLimits } from './turns.ts';
import type { Upload } from './upload.ts';

/** What a handler is given: who asks, one open transaction, and the checked input. */
export type Call<P extends TSchema, Q extends TSchema, B extends TSchema> = {
  readonly tx: Tx;
  readonly act: Act;
  readonly principal: Principal | null;
  readonly params: Static<P>;
  readonly query: Static<Q>;
  readonly body: Static<B>;
  /** The file that came, of an endpoint that takes one. */
  readonly upload: Upload | undefined;
  readonly language: Language;
  readonly say: Say;
  readonly request: FastifyRequest;
  /** For headers and cookies only; the body is what the handler returns. */
  readonly reply: FastifyReply;
  readonly house: House;
  /** What {@link Endpoint.ahead} answered. */
  readonly ahead: unknown;
};

/** What signing in, signing and being spoken to by machines need of the world. */
export type Doors = {
  /** Seals what must not be read from a copy of the database or the files. */
  readonly keyring: Keyring;
  /** Signs the roots of the record. */
  readonly signingKey: SigningKey;
  /** A ministry's own identity server, for staff; undefined = none. */
  readonly identityServer?: IdentityServer | undefined;
  /** Whether tries and codes are counted by address too; tests come from one address. */
  readonly limitByAddress?: boolean | undefined;
  /** Told of every request that a person made, so that sessions end when nobody is there; absent = they last. */
  readonly noteActivity?: ((principal: Principal, now: Date) => Promise<void>) | undefined;
  /** What messages that come in by SMS are signed with; undefined = none are taken. */
  readonly inboundSecret?: Uint8Array | undefined;
  /** The clock that people's phones go by, where the house has a calendar of its own. */
  readonly deviceClock?: Clock | undefined;
};

/** The surroundings that a server was built with. */
export type House = Doors & {
  readonly database: Database;
  readonly clock: Clock;
  readonly demonstration: boolean;
  readonly publicUrl: string;
  readonly sms: Sms;
  readonly files: Files;
  /** The header in which a trusted proxy hands over a client's TLS certificate; undefined = none does. */
  readonly certificateHeader?: string | undefined;
  /** Whether orders can be paid for through a gateway. */
  readonly paysOnline?: boolean | undefined;
  /** All slices' permissions together, for telling an account what it may do. */
  readonly permissions: Permissions;
};

/** A file as an answer. */
export type Download = { readonly fileName: string; readonly bytes: Uint8Array };

/** The response of an endpoint whose answer is a file. */
export const DownloadAnswer = Type.Unsafe<Download>({ type: 'string', format: 'binary' });

/** Who may call: a permission of a table, or everybody with the reason why. */
export type Access =
  | { readonly table: Permissions; readonly permission: string }
  | { readonly public: string };

/** What a problem becomes where another standard says how: status, headers and the JSON body. */
export type Refusal = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
};

/** A route: one row of a slice's table of endpoints. */
export type Endpoint<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> = {
  /** `slice.verb`: the operationId, and for a step also its history verb and permission. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly summary: string;
  readonly access: Access;
  /**
   * Called by banks' own systems, with a token of this scope, and by no browser: a cookie opens it no more
   * than a token opens the others. A write carries its key in the body, as `op_id`.
   */
  readonly clientScope?: ClientScope;
  /**
   * Called by a machine outside, with a signature of the house's {@link Doors.inboundSecret}; what it sends bears an
   * `id`, and what comes again with the same one is done once.
   */
  readonly signed?: true;
  /** The body is a form, as OAuth's standard has it. */
  readonly form?: boolean;
  /** Answers problems in the shape of another standard than RFC 9457. */
  readonly refusal?: (problem: Problem, status: number) => Refusal;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  /** Status of the good answer; 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204;
  /**
   * Takes `multipart/form-data` with one file of at most so many bytes; `body` describes the fields,
   * all text, the file's among them. Such an endpoint has neither params nor query.
   */
  readonly upload?: { readonly maxBytes: number };
  /**
   * Whose is what the address names: a case's (its policy says who sees it), a province's (whoever looks into it
   * finds it, whoever belongs to it acts on it), an account's own, or nobody's, being no row at all. The matrix
   * of every endpoint is made of this (`test/permissions-every.test.ts`); those with a matrix of their own need none.
   */
  readonly objectFrom?: 'case' | 'province' | 'account' | 'none';
  /** The answer is a file of this type: `handle` returns a {@link Download}. */
  readonly download?: string;
  /** Problem codes it may answer with, besides the platform's own. */
  readonly problems?: readonly string[];
  /** A write keeps its first answer under the Idempotency-Key; all POSTs do unless this says why not. */
  readonly notIdempotent?: string;
  /** Why the transaction has to see the whole province; absent = what row security shows the caller. */
  readonly wholeProvince?: string;
  /**
   * Why people of other provinces act here too: the transaction sees the province that the address names, and
   * the slice's own rules alone hold everybody to what is theirs.
   */
  readonly anyProvince?: string;
  /** A page asks it again and again by itself, so asking it is no sign that anybody is there. */
  readonly polled?: true;
  /** Bytes that a body may have; 256 KiB unless said. */
  readonly bodyLimit?: number;
  /** Requests from one address in a time; no limit unless said. */
  readonly rateLimit?: { readonly max: number; readonly windowMs: number };
  /** So many at once, others wait for their turn: much of this never starves what is more urgent. */
  readonly turns?: TurnLimits;
  /** Open to somebody who has still to show or set up a second factor; see `confinedTo`. */
  readonly whileConfined?: true;
  /** What has to be asked of the world before the transaction begins; its answer is the call's `ahead`. */
  ahead?(input: { body: Static<B>; request: FastifyRequest; house: House }): Promise<unknown>;
  /** Which pool serves it. */
  readonly pool?: 'casework' | 'reports';
  /** Whether a query's statements are of the few that are always asked: those are planned once a connection. */
  prepare?(input: { query: Static<Q> }): boolean;
  /**
   * The province that the request is about; absent = the one in `params.code`, else the caller's. Undefined = the
   * house's own.
   */
  province?(input: {
    params: Static<P>;
    query: Static<Q>;
    body: Static<B>;
    principal: Principal | null;
  }): number | undefined;
  handle(call: Call<P, Q, B>): Promise<Static<R>>;
};

/** An endpoint whose shapes have been forgotten, as tables of routes hold them. */
export type AnyEndpoint = Endpoint<TSchema, TSchema, TSchema, TSchema>;

/** Declares an endpoint; only checks its types. */
export function endpoint<
  P extends TSchema,
  Q extends TSchema,
  B extends TSchema,
  R extends TSchema,
>(definition: Endpoint<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return definition;
}
