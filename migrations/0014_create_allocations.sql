-- Allocations: what a budget gives a province for one credit line until a day, and the ceilings under it.
-- Its row is what a referral locks: all ceilings of an allocation change under that lock.
create table allocations (
  province_id integer not null,
  id uuid not null,
  credit_line_id text not null,
  fiscal_year integer not null,
  -- The budget line it stands on, as the letter cites it.
  law text not null,
  note text,
  clause text,
  from_on date not null,
  deadline_on date not null,
  -- Until when what the deadline left may still be used; absent where the money lapses at once.
  carry_over_on date,
  -- From when a county may use what other counties left; absent where shares do not float.
  floats_on date,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint allocations_deadline_after_start check (deadline_on >= from_on),
  constraint allocations_carry_over_after_deadline check (carry_over_on > deadline_on),
  constraint allocations_float_within check (floats_on between from_on and deadline_on),
  constraint allocations_year_once
    unique nulls not distinct (province_id, credit_line_id, fiscal_year, law, note, clause)
);
create index allocations_credit_line on allocations (credit_line_id);

-- One row per holder of a ceiling: the province itself (no agency, county or bank), or any crossing.
-- used_rial is what the live plans under it hold; floated_rial is what a county used of others' shares.
create table ceilings (
  province_id integer not null,
  id uuid not null,
  allocation_id uuid not null,
  agency_id text,
  county_id integer,
  bank_id text,
  ceiling_rial bigint not null,
  -- Of the province's own ceiling: how much comes from the national part.
  national_rial bigint not null default 0,
  used_rial bigint not null default 0,
  floated_rial bigint not null default 0,
  primary key (province_id, id),
  constraint ceilings_not_negative check (ceiling_rial >= 0 and used_rial >= 0),
  constraint ceilings_not_overdrawn check (used_rial <= ceiling_rial + floated_rial),
  constraint ceilings_floated_is_the_excess check (floated_rial = 0
    or (county_id is not null and floated_rial = used_rial - ceiling_rial)),
  constraint ceilings_national_part check (national_rial between 0 and ceiling_rial
    and (national_rial = 0 or coalesce(agency_id, county_id::text, bank_id) is null)),
  constraint ceilings_holder_once
    unique nulls not distinct (province_id, allocation_id, agency_id, county_id, bank_id)
);
create index ceilings_agency on ceilings (agency_id);
create index ceilings_county on ceilings (county_id);
create index ceilings_bank on ceilings (bank_id);

-- Who set a ceiling to what, when and why; nothing here is edited.
create table ceiling_revisions (
  province_id integer not null,
  id uuid not null,
  ceiling_id uuid not null,
  number integer not null,
  before_rial bigint,
  ceiling_rial bigint not null,
  national_rial bigint not null,
  decided_by text not null,
  reason text not null,
  letter text,
  decided_on date not null,
  account_id uuid,
  recorded_at timestamptz not null,
  op_id uuid not null,
  primary key (province_id, id),
  constraint ceiling_revisions_number_once unique (province_id, ceiling_id, number),
  constraint ceiling_revisions_not_negative check (ceiling_rial >= 0 and number > 0)
);
create index ceiling_revisions_account on ceiling_revisions (province_id, account_id);

-- What a plan takes from: frozen when it is referred, as its county is.
alter table plans add column allocation_id uuid, add column county_id integer;
update plans p set county_id = c.county_id from cases c
  where c.province_id = p.province_id and c.id = p.case_id;
alter table plans alter column county_id set not null;
create index plans_allocation on plans (province_id, allocation_id) where allocation_id is not null;
create index plans_county on plans (county_id);

alter table allocations
  add constraint allocations_province_known foreign key (province_id) references provinces (id),
  add constraint allocations_credit_line_known foreign key (credit_line_id) references credit_lines (id);
alter table ceilings
  add constraint ceilings_allocation_known
    foreign key (province_id, allocation_id) references allocations (province_id, id),
  add constraint ceilings_agency_known foreign key (agency_id) references organisations (id),
  add constraint ceilings_county_known foreign key (county_id) references counties (id),
  add constraint ceilings_bank_known foreign key (bank_id) references organisations (id);
alter table ceiling_revisions
  add constraint ceiling_revisions_ceiling_known
    foreign key (province_id, ceiling_id) references ceilings (province_id, id),
  add constraint ceiling_revisions_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table plans
  add constraint plans_allocation_known
    foreign key (province_id, allocation_id) references allocations (province_id, id),
  add constraint plans_county_known foreign key (county_id) references counties (id);

grant select, insert on allocations, ceilings, ceiling_revisions to karkhaneh_province;
-- A row that may not be updated can't be locked, and its lock is what a referral waits for.
grant update (recorded_at) on allocations to karkhaneh_province;
grant update (ceiling_rial, national_rial, used_rial, floated_rial) on ceilings to karkhaneh_province;
grant select on allocations, ceilings, ceiling_revisions to karkhaneh_organisation, karkhaneh_country;

alter table allocations enable row level security;
create policy allocations_country on allocations for select to karkhaneh_country using (true);
create policy allocations_province on allocations to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy allocations_organisation on allocations for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table ceilings enable row level security;
create policy ceilings_country on ceilings for select to karkhaneh_country using (true);
create policy ceilings_province on ceilings to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
-- An agency and a bank see their own shares; the province's and a county's sums are not theirs.
create policy ceilings_organisation on ceilings for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
alter table ceiling_revisions enable row level security;
create policy ceiling_revisions_country on ceiling_revisions for select to karkhaneh_country using (true);
create policy ceiling_revisions_province on ceiling_revisions to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy ceiling_revisions_of_seen_ceiling on ceiling_revisions for select
  to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and exists (select 1 from ceilings c where c.province_id = ceiling_revisions.province_id
    and c.id = ceiling_revisions.ceiling_id));

-- A sitting of a county's working group or the province's technical committee, with what it decided
-- about each case; nothing here is edited, a later sitting decides anew.
create table sittings (
  province_id integer not null,
  id uuid not null,
  body text not null,
  county_id integer,
  fiscal_year integer not null,
  number integer not null,
  held_on date not null,
  members text[] not null,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint sittings_body_known check (body in ('county', 'technical')),
  constraint sittings_county_of_its_group check ((body = 'county') = (county_id is not null)),
  constraint sittings_members_named check (cardinality(members) > 0),
  constraint sittings_number_once
    unique nulls not distinct (province_id, body, county_id, fiscal_year, number)
);
create index sittings_county on sittings (county_id);
create index sittings_account on sittings (province_id, account_id);

create table sitting_decisions (
  province_id integer not null,
  sitting_id uuid not null,
  case_id uuid not null,
  place integer not null,
  verdict text not null,
  reason text,
  primary key (province_id, sitting_id, case_id),
  constraint sitting_decisions_verdict_known check (verdict in ('approved', 'deferred', 'refused')),
  constraint sitting_decisions_reason_given check (verdict = 'approved' or reason is not null)
);
create index sitting_decisions_case on sitting_decisions (province_id, case_id);

alter table sittings
  add constraint sittings_county_known foreign key (county_id) references counties (id),
  add constraint sittings_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table sitting_decisions
  add constraint sitting_decisions_sitting_known
    foreign key (province_id, sitting_id) references sittings (province_id, id),
  add constraint sitting_decisions_case_known
    foreign key (province_id, case_id) references cases (province_id, id);

grant select, insert on sittings, sitting_decisions to karkhaneh_province;
grant select on sittings, sitting_decisions to karkhaneh_country;
alter table sittings enable row level security;
create policy sittings_country on sittings for select to karkhaneh_country using (true);
create policy sittings_province on sittings to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table sitting_decisions enable row level security;
create policy sitting_decisions_country on sitting_decisions for select to karkhaneh_country using (true);
create policy sitting_decisions_province on sitting_decisions to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
