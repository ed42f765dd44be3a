/** The wire shapes of registers coming in, until their routes describe them. */
import type { paths as Described } from './api.generated.ts';

type Label = { fa: string; en: string };
type Page<Row> = { total: number; items: Row[]; next: string | null };

export type ImportState = 'waiting' | 'running' | 'done' | 'failed';

export type Import = {
  code: string;
  kind: string;
  fileName: string;
  dryRun: boolean;
  state: ImportState;
  progress: number;
  /** A doubtful row is one of the rejected. */
  counts: { read: number; accepted: number; unchanged: number; rejected: number; doubtful: number };
  problem: { title: string; next: string } | null;
};

export type ImportRow = {
  row: number;
  verdict: 'accepted' | 'unchanged' | 'rejected';
  doubtful: boolean;
  summary: string;
  faults: { column: string; value: string; reason: string }[];
  /** What was left out or filled in, of a row that was accepted. */
  warnings: { column: string; value: string; reason: string }[];
};

export type Match = {
  id: string;
  kind: string;
  row: number;
  fileName: string;
  reason: string;
  name: string;
  permitNumber: string | null;
  occupation: string | null;
  happenedOn: string | null;
  rial: string | null;
  candidates: {
    caseCode: string;
    name: string;
    permitNumber: string | null;
    occupation: Label;
    county: Label;
  }[];
};

type Json<Body> = { headers: { [name: string]: unknown }; content: { 'application/json': Body } };
type AtPath<Path> = [Path] extends [never] ? { path?: never } : { path: Path };
type Get<Body, Query = never, Path = never> = {
  get: {
    parameters: { query?: Query } & AtPath<Path>;
    responses: { 200: Json<Body> };
  };
};
type Post<Body, Out = unknown, Path = never> = {
  post: {
    parameters: AtPath<Path>;
    requestBody: { content: { 'application/json': Body } };
    responses: { 200: Json<Out> };
  };
};
type CasePath = { code: string };

interface Imports {
  '/api/imports': {
    post: {
      parameters: { query?: never };
      requestBody: {
        content: {
          'multipart/form-data': { kind: string; unit?: string; dryRun: string; file: string };
        };
      };
      responses: { 200: Json<{ code: string }> };
    };
  };
  '/api/imports/{code}': Get<Import, never, CasePath>;
  '/api/imports/{code}/rows': Get<
    Page<ImportRow>,
    { verdict?: string; cursor?: string; limit?: number },
    CasePath
  >;
  '/api/matches': Get<Page<Match>, { cursor?: string }>;
  '/api/matches/{id}/accept': Post<{ caseCode: string }, unknown, { id: string }>;
  '/api/matches/{id}/dismiss': Post<{ reason?: string }, unknown, { id: string }>;
}

/** The paths of `/api` that the pages call. */
export type paths = Described & Imports;
