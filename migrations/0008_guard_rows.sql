-- The app's role: it may add to the record, never edit it.
grant usage on schema public to karkhaneh_app;
grant select on provinces, counties, organisations, province_banks, branches, occupations,
  credit_lines, credit_terms, settings, refusal_conditions to karkhaneh_app;
grant select, insert, update on people, households, accounts, sign_in_names, sessions, sign_in_codes,
  cases, permits, plans, memberships, jobs, imports, match_queue to karkhaneh_app;
grant select, insert on history, operations, tranches to karkhaneh_app;
-- A payment's amount is for ever; only that it was taken back can be said of it.
grant update (taken_back_at) on tranches to karkhaneh_app;
grant select, insert, update on history_heads to karkhaneh_app;
grant select, insert, delete on open_loans, import_rows to karkhaneh_app;
-- Folding locks the deltas it takes.
grant select, insert, update, delete on measure_deltas to karkhaneh_app;
grant select, insert, update on daily_totals to karkhaneh_app;

-- Row security stands behind visibleTo: a transaction that named no province sees nothing at all, and
-- one that named an organisation or a person sees only rows that carry it.
alter table people enable row level security;
create policy people_read on people for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) = any (seen_by))
  and (current_setting('app.person', true) = '' or id::text = current_setting('app.person', true)));
create policy people_insert on people for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
create policy people_update on people for update using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

alter table households enable row level security;
create policy households_read on households for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) = any (seen_by)));
create policy households_insert on households for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
create policy households_update on households for update using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

alter table cases enable row level security;
create policy cases_read on cases for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) in (agency_id, bank_id))
  and (current_setting('app.person', true) = ''
    or person_id::text = current_setting('app.person', true)));
create policy cases_insert on cases for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
create policy cases_update on cases for update using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

alter table plans enable row level security;
create policy plans_read on plans for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) in (agency_id, bank_id))
  and (current_setting('app.person', true) = ''
    or person_id::text = current_setting('app.person', true)));
create policy plans_insert on plans for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
create policy plans_update on plans for update using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

alter table history enable row level security;
create policy history_read on history for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) in (agency_id, bank_id))
  and (current_setting('app.person', true) = ''
    or person_id::text = current_setting('app.person', true)));
create policy history_insert on history for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

alter table tranches enable row level security;
create policy tranches_read on tranches for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) in (agency_id, bank_id)));
create policy tranches_update on tranches for update using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
create policy tranches_insert on tranches for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

alter table memberships enable row level security;
create policy memberships_read on memberships for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) = agency_id));
create policy memberships_insert on memberships for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
create policy memberships_update on memberships for update using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

alter table jobs enable row level security;
create policy jobs_read on jobs for select using (
  (province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all')
  and (current_setting('app.organisation', true) = ''
    or current_setting('app.organisation', true) in (agency_id, bank_id)));
create policy jobs_insert on jobs for insert with check (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
create policy jobs_update on jobs for update using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

-- Rows that carry no organisation or person are guarded by province.
alter table permits enable row level security;
create policy permits_read on permits for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy permits_write on permits using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table history_heads enable row level security;
create policy history_heads_read on history_heads for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy history_heads_write on history_heads using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table operations enable row level security;
create policy operations_read on operations for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy operations_write on operations using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table measure_deltas enable row level security;
create policy measure_deltas_read on measure_deltas for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy measure_deltas_write on measure_deltas using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table daily_totals enable row level security;
create policy daily_totals_read on daily_totals for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy daily_totals_write on daily_totals using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table accounts enable row level security;
create policy accounts_read on accounts for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy accounts_write on accounts using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table sessions enable row level security;
create policy sessions_read on sessions for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy sessions_write on sessions using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table sign_in_codes enable row level security;
create policy sign_in_codes_read on sign_in_codes for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy sign_in_codes_write on sign_in_codes using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table imports enable row level security;
create policy imports_read on imports for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy imports_write on imports using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table import_rows enable row level security;
create policy import_rows_read on import_rows for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy import_rows_write on import_rows using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);
alter table match_queue enable row level security;
create policy match_queue_read on match_queue for select using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer
    or current_setting('app.province', true) = 'all');
create policy match_queue_write on match_queue using (
  province_id = nullif(nullif(current_setting('app.province', true), ''), 'all')::integer);

-- Who a browser's token belongs to has to be known before the transaction whose row security depends
-- on the answer: one narrow door, with its owner's rights.
create function find_session(province integer, token bytea, at timestamptz)
returns table (session_id uuid, account_id uuid, role text, organisation_id text, person_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, a.id, a.role, a.organisation_id, a.person_id
  from sessions s join accounts a on a.province_id = s.province_id and a.id = s.account_id
  where s.province_id = province and a.province_id = province and s.token_hash = token
    and s.ended_at is null and s.expires_at > at and a.closed_at is null
$$;
revoke all on function find_session(integer, bytea, timestamptz) from public;
grant execute on function find_session(integer, bytea, timestamptz) to karkhaneh_app;
