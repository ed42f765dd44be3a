-- Questions that somebody keeps and asks again, and what came of each asking as a file.
create table reports (
  province_id integer not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  question jsonb not null,
  format text not null,
  every text not null,
  -- When the clock asks it next; null where nobody wants that.
  next_on date,
  ended_at timestamptz,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint reports_format_known check (format in ('csv', 'xlsx')),
  constraint reports_every_known check (every in ('never', 'day', 'week', 'month')),
  constraint reports_next_when_scheduled check ((every = 'never') = (next_on is null))
);
create index reports_account on reports (province_id, account_id);
create index reports_next on reports (province_id, next_on) where next_on is not null;

-- One asking: what was asked stands here as it was then. The file is its owner's, and goes after a time.
create table report_runs (
  province_id integer not null,
  id uuid not null,
  report_id uuid,
  account_id uuid not null,
  name text not null,
  question jsonb not null,
  format text not null,
  state text not null,
  rows_written integer,
  file_key text,
  problem text,
  asked_at timestamptz not null,
  finished_at timestamptz,
  primary key (province_id, id),
  constraint report_runs_format_known check (format in ('csv', 'xlsx')),
  constraint report_runs_state_known
    check (state in ('waiting', 'running', 'done', 'failed', 'expired')),
  constraint report_runs_file_when_done check ((state = 'done') = (file_key is not null)),
  constraint report_runs_finished_when_over
    check ((state in ('waiting', 'running')) = (finished_at is null))
);
create index report_runs_report on report_runs (province_id, report_id) where report_id is not null;
create index report_runs_account on report_runs (province_id, account_id, asked_at);
create index report_runs_kept on report_runs (province_id, finished_at) where state = 'done';

alter table reports
  add constraint reports_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table report_runs
  add constraint report_runs_report_known
    foreign key (province_id, report_id) references reports (province_id, id),
  add constraint report_runs_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);

grant select, insert on reports, report_runs to karkhaneh_province, karkhaneh_organisation;
grant update (next_on, every, ended_at) on reports to karkhaneh_province, karkhaneh_organisation;
grant update (state, rows_written, file_key, problem, finished_at) on report_runs
  to karkhaneh_province, karkhaneh_organisation;
grant select on reports, report_runs to karkhaneh_country;

alter table reports enable row level security;
create policy reports_country on reports for select to karkhaneh_country using (true);
create policy reports_province on reports to karkhaneh_province, karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table report_runs enable row level security;
create policy report_runs_country on report_runs for select to karkhaneh_country using (true);
create policy report_runs_province on report_runs to karkhaneh_province, karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
