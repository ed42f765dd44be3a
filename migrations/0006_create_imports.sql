-- An office's register being read. read = accepted + unchanged + rejected, always.
create table imports (
  province_id integer not null,
  id uuid not null,
  kind text not null,
  state text not null,
  dry_run boolean not null,
  file_name text not null,
  -- Where the file is kept; null for one that the command line read from where it lay.
  file_key text,
  unit text,
  -- How the sheet was understood: what rejected rows are written back under.
  layout jsonb,
  account_id uuid,
  rows_expected integer,
  rows_read integer not null default 0,
  rows_accepted integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_rejected integer not null default 0,
  -- Those of the rejected rows that a person can still match.
  rows_doubtful integer not null default 0,
  -- Basis points.
  progress_bp integer not null default 0,
  problem jsonb,
  recorded_at timestamptz not null,
  finished_at timestamptz,
  primary key (province_id, id),
  constraint imports_kind_known check (kind in ('permits', 'referrals', 'payments', 'jobs')),
  constraint imports_state_known check (state in ('waiting', 'running', 'done', 'failed')),
  constraint imports_rows_add_up check (state <> 'done' or
    rows_read = rows_accepted + rows_unchanged + rows_rejected),
  constraint imports_doubtful_among_rejected check (rows_doubtful between 0 and rows_rejected),
  constraint imports_progress_share check (progress_bp between 0 and 10000)
);
create index imports_recent on imports (province_id, recorded_at);

create table import_rows (
  province_id integer not null,
  import_id uuid not null,
  row_number integer not null,
  verdict text not null,
  doubtful boolean not null default false,
  -- What was read, in a few words; enough to know the row by.
  summary text not null default '',
  problems jsonb not null default '[]',
  warnings jsonb not null default '[]',
  cells jsonb not null default '[]',
  primary key (province_id, import_id, row_number),
  constraint import_rows_verdict_known check (verdict in ('accepted', 'unchanged', 'rejected')),
  constraint import_rows_doubtful_are_rejected check (not doubtful or verdict = 'rejected')
);

-- A row that could be more than one case, or is not surely the one it names: a person decides, nothing
-- is guessed. The same row in a later file is the same question, and gets the same answer.
create table match_queue (
  province_id integer not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  kind text not null,
  record jsonb not null,
  record_hash bytea not null,
  why text not null,
  candidates uuid[] not null,
  state text not null default 'open',
  case_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint match_queue_record_once unique (province_id, record_hash),
  constraint match_queue_kind_known check (kind in ('referrals', 'payments', 'jobs')),
  constraint match_queue_state_known check (state in ('open', 'accepted', 'dismissed')),
  constraint match_queue_case_when_accepted check ((state = 'accepted') = (case_id is not null))
);
create index match_queue_open on match_queue (province_id, recorded_at) where state = 'open';
create index match_queue_import on match_queue (province_id, import_id);
