-- Four roles stand for the four ways a transaction looks at the record; a transaction steps down to
-- one of them, and nothing is granted to the role that signs in. Policies name their role, so that
-- the planner meets plain equalities and keeps its estimates.
--   karkhaneh_province      the whole of one province (app.province)
--   karkhaneh_organisation  what carries one organisation's code in it (app.organisation)
--   karkhaneh_person        what belongs to one person in it (app.person)
--   karkhaneh_country       reads all provinces, writes nothing
-- A transaction that named no province sees nothing at all.
grant usage on schema public to karkhaneh_app, karkhaneh_province, karkhaneh_organisation,
  karkhaneh_person, karkhaneh_country;

-- Reference data is for everybody.
grant select on provinces, counties, organisations, province_banks, branches, occupations,
  credit_lines, credit_terms, settings, refusal_conditions
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person, karkhaneh_country;

-- They may add to the record, never edit it.
grant select, insert on history, operations, tranches
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
-- A payment's amount is for ever; only that it was taken back can be said of it.
grant update (taken_back_at) on tranches to karkhaneh_province;
grant select, insert, update on history_heads, cases, permits, plans, jobs, memberships, people,
  households, accounts, sign_in_names, sessions, sign_in_codes, imports, match_queue, daily_totals
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select, insert, delete on open_loans, import_rows
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
-- Folding locks the deltas it takes.
grant select, insert, update, delete on measure_deltas
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select on history, operations, tranches, history_heads, cases, permits, plans, jobs, memberships,
  people, households, accounts, imports, import_rows, match_queue, daily_totals, measure_deltas,
  sms_outbox to karkhaneh_country;

alter table people enable row level security;
create policy people_country on people for select to karkhaneh_country using (true);
create policy people_province on people to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy people_organisation on people for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = any (seen_by));
create policy people_person on people for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and id::text = current_setting('app.person', true));
create policy people_insert on people for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy people_update on people for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table households enable row level security;
create policy households_country on households for select to karkhaneh_country using (true);
create policy households_province on households to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy households_organisation on households for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = any (seen_by));
-- A person reaches these through their case, which the rules have shown to be theirs.
create policy households_person on households for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy households_insert on households for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy households_update on households for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table cases enable row level security;
create policy cases_country on cases for select to karkhaneh_country using (true);
create policy cases_province on cases to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy cases_organisation on cases for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and (current_setting('app.organisation', true) in (agency_id, bank_id)
    or clearing_ids @> array[current_setting('app.organisation', true)]));
create policy cases_person on cases for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
create policy cases_insert on cases for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy cases_update on cases for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table plans enable row level security;
create policy plans_country on plans for select to karkhaneh_country using (true);
create policy plans_province on plans to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy plans_organisation on plans for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
create policy plans_person on plans for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
create policy plans_insert on plans for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy plans_update on plans for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table history enable row level security;
create policy history_country on history for select to karkhaneh_country using (true);
create policy history_province on history to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
-- A clearing body sees of a case's steps its own only.
create policy history_organisation on history for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id, organisation_id));
create policy history_person on history for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
create policy history_insert on history for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table tranches enable row level security;
create policy tranches_country on tranches for select to karkhaneh_country using (true);
create policy tranches_province on tranches to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy tranches_organisation on tranches for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
-- A person reaches these through their case, which the rules have shown to be theirs.
create policy tranches_person on tranches for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy tranches_insert on tranches for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy tranches_update on tranches for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table memberships enable row level security;
create policy memberships_country on memberships for select to karkhaneh_country using (true);
create policy memberships_province on memberships to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy memberships_organisation on memberships for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) = agency_id);
-- A person reaches these through their case, which the rules have shown to be theirs.
create policy memberships_person on memberships for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy memberships_insert on memberships for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy memberships_update on memberships for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table jobs enable row level security;
create policy jobs_country on jobs for select to karkhaneh_country using (true);
create policy jobs_province on jobs to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy jobs_organisation on jobs for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
-- A person reaches these through their case, which the rules have shown to be theirs.
create policy jobs_person on jobs for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy jobs_insert on jobs for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy jobs_update on jobs for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

-- Rows that carry no organisation or person are guarded by province.
alter table permits enable row level security;
create policy permits_country on permits for select to karkhaneh_country using (true);
create policy permits_province on permits
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table history_heads enable row level security;
create policy history_heads_country on history_heads for select to karkhaneh_country using (true);
create policy history_heads_province on history_heads
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table operations enable row level security;
create policy operations_country on operations for select to karkhaneh_country using (true);
create policy operations_province on operations
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table measure_deltas enable row level security;
create policy measure_deltas_country on measure_deltas for select to karkhaneh_country using (true);
create policy measure_deltas_province on measure_deltas
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table daily_totals enable row level security;
create policy daily_totals_country on daily_totals for select to karkhaneh_country using (true);
create policy daily_totals_province on daily_totals
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table accounts enable row level security;
create policy accounts_country on accounts for select to karkhaneh_country using (true);
create policy accounts_province on accounts
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table sessions enable row level security;
create policy sessions_country on sessions for select to karkhaneh_country using (true);
create policy sessions_province on sessions
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table sign_in_codes enable row level security;
create policy sign_in_codes_country on sign_in_codes for select to karkhaneh_country using (true);
create policy sign_in_codes_province on sign_in_codes
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table imports enable row level security;
create policy imports_country on imports for select to karkhaneh_country using (true);
create policy imports_province on imports
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table import_rows enable row level security;
create policy import_rows_country on import_rows for select to karkhaneh_country using (true);
create policy import_rows_province on import_rows
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table match_queue enable row level security;
create policy match_queue_country on match_queue for select to karkhaneh_country using (true);
create policy match_queue_province on match_queue
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy sms_outbox_country on sms_outbox for select to karkhaneh_country using (true);
create policy sms_outbox_province on sms_outbox
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

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

-- Names are searched by the beginnings of their words (LIKE over trigrams finds nothing of Persian where
-- the database's character type is C). An index of those can't serve a table under row security, whose
-- operators must be leakproof. This gives ids only, so many at most, and of people alone
-- whom the organisation sees that the transaction stands for; what they belong to is seen under the caller's own
-- policies. The planner takes a common name for one that any walk through the table would soon meet, which
-- costs a word's splitting a row: the walk is barred.
create function find_people(province integer, words tsquery, most integer)
returns setof uuid language plpgsql stable rows 100 security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = off as $$
begin
  return query execute
    'select id from people
     where province_id = $1 and array_to_tsvector(string_to_array(name_key, '' '')) @@ $2
       and ($4 = '''' or $4 = any (seen_by))
     limit $3'
    using province, words, most, coalesce(current_setting('app.organisation', true), '');
end $$;
revoke all on function find_people(integer, tsquery, integer) from public;
grant execute on function find_people(integer, tsquery, integer)
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person, karkhaneh_country;
