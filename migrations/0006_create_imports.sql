-- An office's register being read. read = accepted + unchanged + rejected, always.
create table imports (
  province_id integer not null,
  id uuid not null,
  kind text not null,
  state text not null,
  dry_run boolean not null,
  file_name text not null,
  file_key text not null,
  unit text,
  account_id uuid,
  rows_expected integer,
  rows_read integer not null default 0,
  rows_accepted integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_rejected integer not null default 0,
  problem jsonb,
  recorded_at timestamptz not null,
  finished_at timestamptz,
  primary key (province_id, id),
  constraint imports_kind_known check (kind in ('permits', 'referrals', 'payments', 'jobs')),
  constraint imports_state_known check (state in ('waiting', 'running', 'done', 'failed')),
  constraint imports_rows_add_up check (state <> 'done' or
    rows_read = rows_accepted + rows_unchanged + rows_rejected)
);

create table import_rows (
  province_id integer not null,
  import_id uuid not null,
  row_number integer not null,
  verdict text not null,
  problems jsonb not null default '[]',
  cells jsonb not null default '[]',
  primary key (province_id, import_id, row_number),
  constraint import_rows_verdict_known check (verdict in ('accepted', 'unchanged', 'rejected'))
);

-- A row that could be more than one case: a person decides, nothing is guessed.
create table match_queue (
  province_id integer not null,
  id uuid not null,
  import_id uuid not null,
  row_number integer not null,
  kind text not null,
  record jsonb not null,
  candidates jsonb not null,
  state text not null default 'open',
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint match_queue_row_once unique (province_id, import_id, row_number),
  constraint match_queue_state_known check (state in ('open', 'accepted', 'dismissed'))
);
create index match_queue_open on match_queue (province_id, recorded_at) where state = 'open';
