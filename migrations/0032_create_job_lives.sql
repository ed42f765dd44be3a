-- Ranges of days of one national ID may not meet: equality of text in a GiST index.
create extension if not exists btree_gist;

-- What becomes of a job after it was registered. One that does not count says why.
alter table jobs
  add column state text not null default 'registered',
  add column registered_on date,
  add column registered_by uuid,
  add column uncounted_for text,
  add column verify_step_id uuid,
  add column verified_on date,
  add column verified_by uuid,
  add column verified_through text,
  add column alive_on date,
  add column end_reason text;
update jobs j set registered_on = h.happened_on, registered_by = h.actor_id
from history h
where h.province_id = j.province_id and h.case_id = j.case_id and h.verb = 'employment.register'
  and h.sign = 1 and h.facts ->> 'job' = j.id::text;
update jobs set registered_on = started_on where registered_on is null;
update jobs set state = 'ended' where ended_on is not null;
alter table jobs
  alter column registered_on set not null,
  alter column state drop default,
  add constraint jobs_state_known check (state in ('registered', 'verified', 'disputed', 'alive',
    'uncounted', 'ended')),
  add constraint jobs_uncounted_says_why check (uncounted_for in ('again', 'relation')
    and (state <> 'uncounted' or uncounted_for is not null)
    and (uncounted_for is null or state in ('uncounted', 'ended'))),
  add constraint jobs_ended_on_a_day check ((state = 'ended') = (ended_on is not null)),
  add constraint jobs_through_known check (verified_through in ('sms', 'phone', 'visit')),
  add constraint jobs_verified_whole check ((verified_on is null) = (verify_step_id is null)
    and (verified_on is null) = (verified_through is null)),
  add constraint jobs_verified_states check (
    (state not in ('verified', 'alive') or verified_on is not null)
    and (state not in ('registered', 'disputed', 'uncounted') or verified_on is null)),
  add constraint jobs_alive_after_verified check (alive_on is null or verified_on <= alive_on),
  add constraint jobs_two_people check (verified_by <> registered_by);
drop index jobs_person_once;
create unique index jobs_person_once on jobs (province_id, person_id)
  where ended_on is null and taken_back_at is null and uncounted_for is null;
create unique index jobs_plan_person_once on jobs (province_id, plan_id, person_id)
  where ended_on is null and taken_back_at is null;
create index jobs_registered_by on jobs (province_id, registered_by);
create index jobs_verified_by on jobs (province_id, verified_by);
create index jobs_verify_step on jobs (province_id, verify_step_id);
create index jobs_agency_state on jobs (province_id, agency_id, state);

-- One national ID counts once in a period in the whole country: keyed by national ID, written with the job.
create table counted_people (
  national_id text not null,
  counted_on date not null,
  -- The first day on which the same person may be counted again.
  again_on date not null,
  province_id integer not null,
  job_id uuid not null,
  primary key (national_id, counted_on),
  constraint counted_people_period_forward check (again_on > counted_on),
  constraint counted_people_once exclude using gist
    (national_id with =, daterange(counted_on, again_on) with &&)
);
create unique index counted_people_job on counted_people (province_id, job_id, national_id);
insert into counted_people (national_id, counted_on, again_on, province_id, job_id)
select p.national_id, j.registered_on, (j.registered_on + interval '36 months')::date, j.province_id, j.id
from jobs j join people p on p.province_id = j.province_id and p.id = j.person_id
where j.taken_back_at is null order by j.registered_on, j.id
on conflict do nothing;

-- How many people a plan promised, and how far that has come: each stage is of people of the one before.
create table plan_jobs (
  province_id integer not null,
  plan_id uuid not null,
  case_id uuid not null,
  expected integer not null,
  registered integer not null default 0,
  verified integer not null default 0,
  alive integer not null default 0,
  primary key (province_id, plan_id),
  constraint plan_jobs_within_promise check (registered between 0 and expected),
  constraint plan_jobs_verified_registered check (verified between 0 and registered),
  constraint plan_jobs_alive_verified check (alive between 0 and verified)
);
create index plan_jobs_case on plan_jobs (province_id, case_id);
insert into plan_jobs (province_id, plan_id, case_id, expected, registered)
select p.province_id, p.id, p.case_id, greatest(p.people, count(*)), count(*)
from plans p join jobs j on j.province_id = p.province_id and j.plan_id = p.id
where j.taken_back_at is null and j.uncounted_for is null group by p.province_id, p.id;

-- What shows that somebody is at work: a contract, an insurance number, what was seen or heard.
create table job_evidence (
  province_id integer not null,
  id uuid not null,
  job_id uuid not null,
  kind text not null,
  detail text not null,
  seen_on date not null,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint job_evidence_kind_known check (kind in ('contract', 'insurance', 'visit', 'phone', 'sms')),
  constraint job_evidence_detail_length check (length(detail) between 1 and 500)
);
create index job_evidence_job on job_evidence (province_id, job_id);
create index job_evidence_account on job_evidence (province_id, account_id);

-- Somebody who is asked whether they are at work, and what they said.
create table job_asks (
  province_id integer not null,
  id uuid not null,
  job_id uuid not null,
  person_id uuid not null,
  about text not null,
  asked_at timestamptz not null,
  asked_by uuid,
  answer text,
  answered_at timestamptz,
  primary key (province_id, id),
  constraint job_asks_about_known check (about in ('work', 'alive')),
  constraint job_asks_answer_known check (answer in ('yes', 'no')),
  constraint job_asks_answer_whole check ((answer is null) = (answered_at is null))
);
create unique index job_asks_one_open on job_asks (province_id, job_id, about) where answer is null;
create index job_asks_job on job_asks (province_id, job_id);
create index job_asks_person on job_asks (province_id, person_id);
create index job_asks_asked_by on job_asks (province_id, asked_by);

-- A draw of verified jobs that somebody else looks at again; its seed is kept, so it can be drawn again.
create table recheck_draws (
  province_id integer not null,
  id uuid not null,
  seed text not null,
  share_bp integer not null,
  drawn_on date not null,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint recheck_draws_share_bounded check (share_bp between 1 and 10000)
);
create index recheck_draws_account on recheck_draws (province_id, account_id);

-- Every verification once: drawn or not, by whom it was made, and what somebody else found.
create table job_rechecks (
  province_id integer not null,
  draw_id uuid not null,
  verify_step_id uuid not null,
  job_id uuid not null,
  drawn boolean not null,
  verified_by uuid,
  outcome text,
  note text,
  checked_by uuid,
  checked_on date,
  primary key (province_id, verify_step_id),
  constraint job_rechecks_outcome_known check (outcome in ('agrees', 'disagrees')),
  constraint job_rechecks_outcome_whole check (num_nulls(outcome, note, checked_by, checked_on) in (0, 4)),
  constraint job_rechecks_drawn_first check (drawn or outcome is null),
  constraint job_rechecks_somebody_else check (checked_by <> verified_by)
);
create index job_rechecks_draw on job_rechecks (province_id, draw_id);
create index job_rechecks_job on job_rechecks (province_id, job_id);
create index job_rechecks_verified_by on job_rechecks (province_id, verified_by);
create index job_rechecks_checked_by on job_rechecks (province_id, checked_by);
create index job_rechecks_open on job_rechecks (province_id, draw_id) where drawn and outcome is null;

-- The own-account insurance of somebody at work, and until when it is paid.
create table job_insurances (
  province_id integer not null,
  id uuid not null,
  job_id uuid not null,
  person_id uuid not null,
  rate_bp integer not null,
  -- What the state adds.
  state_bp integer not null,
  insurance_number text not null,
  begins_on date not null,
  paid_until_on date not null,
  reminded_until_on date,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint job_insurances_job_once unique (province_id, job_id),
  constraint job_insurances_rate_bounded check (rate_bp between 1 and 10000 and state_bp >= 0),
  constraint job_insurances_number_shape check (insurance_number ~ '^[0-9]{8,10}$'),
  constraint job_insurances_paid_forward check (paid_until_on >= begins_on)
);
create index job_insurances_person on job_insurances (province_id, person_id);
create index job_insurances_account on job_insurances (province_id, account_id);
create index job_insurances_due on job_insurances (province_id, paid_until_on);

alter table jobs
  add constraint jobs_registered_by_known
    foreign key (province_id, registered_by) references accounts (province_id, id),
  add constraint jobs_verified_by_known
    foreign key (province_id, verified_by) references accounts (province_id, id),
  add constraint jobs_verify_step_known
    foreign key (province_id, verify_step_id) references history (province_id, id);
alter table plan_jobs
  add constraint plan_jobs_plan_known foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint plan_jobs_case_known foreign key (province_id, case_id) references cases (province_id, id);
alter table job_evidence
  add constraint job_evidence_job_known foreign key (province_id, job_id) references jobs (province_id, id),
  add constraint job_evidence_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table job_asks
  add constraint job_asks_job_known foreign key (province_id, job_id) references jobs (province_id, id),
  add constraint job_asks_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint job_asks_asked_by_known
    foreign key (province_id, asked_by) references accounts (province_id, id);
alter table recheck_draws
  add constraint recheck_draws_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table job_rechecks
  add constraint job_rechecks_draw_known
    foreign key (province_id, draw_id) references recheck_draws (province_id, id),
  add constraint job_rechecks_step_known
    foreign key (province_id, verify_step_id) references history (province_id, id),
  add constraint job_rechecks_job_known foreign key (province_id, job_id) references jobs (province_id, id),
  add constraint job_rechecks_verified_by_known
    foreign key (province_id, verified_by) references accounts (province_id, id),
  add constraint job_rechecks_checked_by_known
    foreign key (province_id, checked_by) references accounts (province_id, id);
alter table job_insurances
  add constraint job_insurances_job_known foreign key (province_id, job_id) references jobs (province_id, id),
  add constraint job_insurances_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint job_insurances_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);

-- As open_loans: that somebody is counted already is every province's to know.
grant select, insert, delete on counted_people to karkhaneh_province;
grant select, insert, update on plan_jobs, job_insurances to karkhaneh_province;
grant select, insert on job_evidence, job_asks, recheck_draws, job_rechecks to karkhaneh_province;
grant update (answer, answered_at) on job_asks to karkhaneh_province, karkhaneh_person;
grant update (outcome, note, checked_by, checked_on) on job_rechecks to karkhaneh_province;
grant select on job_asks to karkhaneh_person;
grant select on counted_people, plan_jobs, job_evidence, job_asks, recheck_draws, job_rechecks,
  job_insurances to karkhaneh_country;

alter table plan_jobs enable row level security;
create policy plan_jobs_country on plan_jobs for select to karkhaneh_country using (true);
create policy plan_jobs_province on plan_jobs to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table job_evidence enable row level security;
create policy job_evidence_country on job_evidence for select to karkhaneh_country using (true);
create policy job_evidence_province on job_evidence to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table job_asks enable row level security;
create policy job_asks_country on job_asks for select to karkhaneh_country using (true);
create policy job_asks_province on job_asks to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy job_asks_person on job_asks to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
alter table recheck_draws enable row level security;
create policy recheck_draws_country on recheck_draws for select to karkhaneh_country using (true);
create policy recheck_draws_province on recheck_draws to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table job_rechecks enable row level security;
create policy job_rechecks_country on job_rechecks for select to karkhaneh_country using (true);
create policy job_rechecks_province on job_rechecks to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table job_insurances enable row level security;
create policy job_insurances_country on job_insurances for select to karkhaneh_country using (true);
create policy job_insurances_province on job_insurances to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
