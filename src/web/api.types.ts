/** The wire shapes of the answers that the pages read, as an OpenAPI client wants them. */
export type Label = { fa: string; en: string };
export type Named = { id: string; label: Label };

export type Account = {
  id: string;
  name: Label;
  role: string;
  organisation: Named | null;
  province: Named;
  permissions: string[];
  demonstration: boolean;
};

export type CastMember = {
  kind: 'staff' | 'citizen';
  username?: string;
  password?: string;
  mobile?: string;
  name: Label;
  role: string;
  organisation: Label | null;
};

export type Reference = {
  provinces: Named[];
  counties: (Named & { provinceId: string })[];
  agencies: Named[];
  banks: Named[];
  occupations: (Named & {
    agencyId: string;
    family: string;
    starred: boolean;
    aliases: string[];
  })[];
  refusalConditions: { number: number; family: string | null; label: Label; kind: string }[];
  home?: { province: string; from: string; to: string };
};

export type Measure = {
  name: string;
  label: Label;
  unit: string;
  definition: Label;
  steps: { verb: string; from: string[] | null; add: string }[];
};

export type MeasureValues = {
  applications_submitted: number;
  applications_refused: number;
  permits_issued: number;
  permits_revoked: number;
  plans_referred: number;
  plans_returned: number;
  plans_refused: number;
  plans_funded: number;
  tranches_paid: number;
  rial_requested: string;
  rial_paid: string;
  jobs_expected: number;
  jobs_registered: number;
};

export type Figures = {
  period: { from: string; to: string; from_iso: string; to_iso: string };
  view: string;
  scope: {
    province: Named;
    agency?: Named;
    county?: Named;
    bank?: Named;
    kind?: Named;
    occupation?: Named;
    sex?: Named;
    area?: Named;
  };
  as_of: string;
  demonstration: boolean;
  measures: MeasureValues;
  by: { key: string; label: Label; measures: MeasureValues }[];
};

export type ScopeQuery = {
  province?: string;
  from?: string;
  to?: string;
  county?: string;
  agency?: string;
  bank?: string;
  kind?: string;
  occupation?: string;
  sex?: string;
  area?: string;
};

export type Entry = {
  code: string;
  permitNumber: string | null;
  name: string;
  kind: string;
  occupation: Named;
  agency: Named;
  county: Named;
  bank: Named | null;
  happenedOn: string;
  rial: string | null;
  people: number | null;
  demonstration: boolean;
};

export type CaseLine = {
  code: string;
  permitNumber: string | null;
  name: string;
  nationalId: string;
  kind: string;
  state: string;
  planState: string | null;
  occupation: Named;
  agency: Named;
  county: Named;
  bank: Named | null;
  since: string;
  dueOn: string | null;
  late: boolean;
  holder: string;
  demonstration: boolean;
};

export type Page<Row> = { total: number; items: Row[]; next: string | null };

export type Act = { verb: string; enabled: boolean; why: string | null };

export type HistoryLine = {
  seq: number;
  verb: string;
  from: string | null;
  to: string;
  takenBack: boolean;
  takesBack: boolean;
  happenedOn: string;
  recordedAt: string;
  actor: Label | null;
  organisation: Named | null;
  reason: string | null;
  condition: { number: number; label: Label } | null;
  rial: string | null;
  people: number | null;
  hash: string;
};

export type Case = {
  code: string;
  state: string;
  planState: string | null;
  kind: string;
  where: {
    holder: string;
    holderLabel: Label | null;
    since: string;
    dueOn: string | null;
    late: boolean;
    unlockedBy: string[];
  };
  person: {
    name: string;
    nationalId: string;
    fatherName: string | null;
    birthOn: string | null;
    sex: string;
    mobile: string | null;
    demonstration: boolean;
  };
  household: {
    county: Named;
    area: string;
    address: string | null;
    postalCode: string | null;
  };
  occupation: Named;
  agency: Named;
  submittedOn: string | null;
  permit: { number: string; issuedOn: string; validUntil: string; revokedOn: string | null } | null;
  history: HistoryLine[];
  acts: Act[];
};

/** What a case asked of a bank, and what the bank paid. */
export type Plan = {
  id: string;
  state: string;
  bank: Named;
  branch: Named | null;
  creditLine: Named;
  requestedRial: string;
  approvedRial: string | null;
  paidRial: string;
  capRial: string;
  people: number;
  referredOn: string;
  since: string;
  feeBp: number;
  tenorMonths: number;
  graceMonths: number;
  tranches: { number: number; amountRial: string; paidOn: string; bankReference: string }[];
};

export type Job = {
  name: string;
  nationalId: string;
  relation: string;
  startedOn: string;
  endedOn: string | null;
};

export type ImportState = 'queued' | 'reading' | 'checking' | 'writing' | 'done' | 'failed';

export type Import = {
  code: string;
  kind: string;
  fileName: string;
  dryRun: boolean;
  state: ImportState;
  progress: number;
  counts: { read: number; accepted: number; unchanged: number; rejected: number; doubtful: number };
  problem: { title: string; detail: string; next: string } | null;
};

export type ImportRow = {
  row: number;
  verdict: 'accepted' | 'unchanged' | 'rejected' | 'doubtful';
  summary: string;
  faults: { column: string; value: string; reason: string }[];
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
type StepPost = Post<{ reason?: string; conditionNumber?: number }, { code: string }, CasePath>;

type Listed = ScopeQuery & { cursor?: string; limit?: number };

/** The paths of `/api` that the pages call. */
export interface paths {
  '/api/session': {
    get: { parameters: { query?: never }; responses: { 200: Json<{ account: Account | null }> } };
    post: Post<{ username: string; password: string }, { signedIn: true }>['post'];
    delete: { parameters: { query?: never }; responses: { 200: Json<{ account: null }> } };
  };
  '/api/session/code': Post<{ mobile: string }, { mobile: string; expiresAt: string }>;
  '/api/session/citizen': Post<{ mobile: string; code: string }, { signedIn: true }>;
  '/api/demo/cast': Get<{ items: CastMember[] }>;
  '/api/reference': Get<Reference>;
  '/api/measures': Get<Measure[]>;
  '/api/figures': Get<
    Figures,
    ScopeQuery & { by?: string; as_of?: string; view?: 'period' | 'cohort' }
  >;
  '/api/entries': Get<Page<Entry> & { sum: string }, Listed & { measure: string }>;
  '/api/cases': Get<
    Page<CaseLine>,
    Listed & { q?: string; state?: string; planState?: string; holder?: string; late?: boolean }
  >;
  '/api/cases/{code}': Get<Case, never, CasePath>;
  '/api/cases/{code}/plans': Get<{ plans: Plan[] }, never, CasePath>;
  '/api/cases/{code}/jobs': Get<{ jobs: Job[] }, never, CasePath>;
  '/api/permits/{code}/sign': StepPost;
  '/api/permits/{code}/grant': StepPost;
  '/api/permits/{code}/return-for-correction': StepPost;
  '/api/permits/{code}/correct': StepPost;
  '/api/permits/{code}/refuse': StepPost;
  '/api/permits/{code}/withdraw': StepPost;
  '/api/permits/{code}/revoke': StepPost;
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
