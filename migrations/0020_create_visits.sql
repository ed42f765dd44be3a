-- Supervision before, during and after the money. A checklist is data; once a version is kept it is never
-- edited, so that what was asked on a visit can always be read again.
create table checklists (
  province_id integer not null,
  id uuid not null,
  stage text not null,
  version integer not null,
  content jsonb not null,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint checklists_version_once unique (province_id, stage, version),
  constraint checklists_stage_known check (stage in ('before', 'during', 'after')),
  constraint checklists_version_positive check (version > 0)
);
create index checklists_account on checklists (province_id, account_id);

-- One look at one plan in one stage, by one channel. Its steps are in the record of its case.
create table visits (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  agency_id text not null,
  bank_id text not null,
  county_id integer not null,
  stage text not null,
  channel text not null,
  checklist_id uuid not null,
  -- The tranche that it looks forward to: the first for "before", the next one for "during".
  tranche_number integer,
  state text not null,
  state_since date not null,
  due_on date not null,
  assignee_id uuid,
  -- The visit whose order to correct this one goes to see.
  revisit_of uuid,
  visited_on date,
  answers jsonb,
  note text,
  correction_due_on date,
  deviation text,
  -- Raised by every step: what was carried away without signal is told from what stands here now.
  revision integer not null default 0,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint visits_stage_known check (stage in ('before', 'during', 'after')),
  constraint visits_channel_known check (channel in ('sms', 'phone', 'field')),
  constraint visits_state_known check (
    state in ('planned', 'assigned', 'passed', 'to_correct', 'deviation', 'cancelled', 'void')),
  constraint visits_tranche_of_stage check (case stage when 'before' then tranche_number = 1
    when 'during' then tranche_number > 1 else tranche_number is null end),
  constraint visits_assigned_to_somebody check (state <> 'assigned' or assignee_id is not null),
  constraint visits_answers_when_seen check (
    (state in ('passed', 'to_correct', 'deviation')) = (answers is not null and visited_on is not null)),
  constraint visits_order_has_deadline check ((state = 'to_correct') = (correction_due_on is not null)),
  constraint visits_deviation_known check (
    deviation in ('used_otherwise', 'closed', 'moved', 'never_started')),
  constraint visits_deviation_named check ((state = 'deviation') = (deviation is not null))
);
create unique index visits_one_open on visits (province_id, plan_id, stage)
  where state in ('planned', 'assigned');
create index visits_plan on visits (province_id, plan_id, stage);
create index visits_case on visits (province_id, case_id);
create index visits_person on visits (province_id, person_id);
create index visits_assignee on visits (province_id, assignee_id);
create index visits_due on visits (province_id, due_on) where state in ('planned', 'assigned');
create index visits_checklist on visits (province_id, checklist_id);
create index visits_revisit on visits (province_id, revisit_of);
create index visits_agency on visits (agency_id);
create index visits_bank on visits (bank_id);
create index visits_county on visits (county_id);

-- A request to let a tranche go without its visit: one person asks with a reason, another decides.
create table gate_overrides (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  plan_id uuid not null,
  agency_id text not null,
  bank_id text not null,
  tranche_number integer not null,
  state text not null,
  reason text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_reason text,
  primary key (province_id, id),
  constraint gate_overrides_state_known check (state in ('asked', 'granted', 'refused')),
  constraint gate_overrides_tranche_positive check (tranche_number > 0),
  constraint gate_overrides_decided check (
    (state = 'asked') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  constraint gate_overrides_two_people check (decided_by <> asked_by)
);
create unique index gate_overrides_one_open on gate_overrides (province_id, plan_id, tranche_number)
  where state in ('asked', 'granted');
create index gate_overrides_plan on gate_overrides (province_id, plan_id);
create index gate_overrides_agency on gate_overrides (agency_id);
create index gate_overrides_bank on gate_overrides (bank_id);
create index gate_overrides_case on gate_overrides (province_id, case_id);
create index gate_overrides_asker on gate_overrides (province_id, asked_by);
create index gate_overrides_decider on gate_overrides (province_id, decided_by);

-- What opens the gate for one tranche: the step of the record that released it. An order to pay names its
-- pass, so none can be written without one. "earlier" are the orders from before the gate was built.
create table tranche_passes (
  province_id integer not null,
  id uuid not null,
  plan_id uuid not null,
  number integer not null,
  origin text not null,
  step_id uuid,
  passed_on date not null,
  person_id uuid not null,
  agency_id text not null,
  bank_id text not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint tranche_passes_once unique (province_id, plan_id, number),
  constraint tranche_passes_of_tranche unique (province_id, id, plan_id, number),
  constraint tranche_passes_number_positive check (number > 0),
  constraint tranche_passes_origin_known check (origin in ('visit', 'override', 'earlier')),
  constraint tranche_passes_step_said check ((origin = 'earlier') = (step_id is null))
);
create index tranche_passes_step on tranche_passes (province_id, step_id);
create index tranche_passes_person on tranche_passes (province_id, person_id);
create index tranche_passes_agency on tranche_passes (agency_id);
create index tranche_passes_bank on tranche_passes (bank_id);

alter table payment_orders add column tranche_number integer, add column pass_id uuid;
update payment_orders o set tranche_number = 1 + (select count(*) from tranches t
  where t.province_id = o.province_id and t.plan_id = o.plan_id and t.taken_back_at is null
    and t.paid_on < o.sent_on);
insert into tranche_passes (province_id, id, plan_id, number, origin, passed_on, person_id, agency_id,
  bank_id, recorded_at)
select distinct on (o.province_id, o.plan_id, o.tranche_number) o.province_id, o.id, o.plan_id,
  o.tranche_number, 'earlier', o.sent_on, p.person_id, o.agency_id, o.bank_id, b.recorded_at
from payment_orders o
join plans p on p.province_id = o.province_id and p.id = o.plan_id
join order_batches b on b.province_id = o.province_id and b.id = o.batch_id
order by o.province_id, o.plan_id, o.tranche_number, o.sent_on, o.id;
update payment_orders o set pass_id = p.id from tranche_passes p
  where p.province_id = o.province_id and p.plan_id = o.plan_id and p.number = o.tranche_number;
alter table payment_orders alter column tranche_number set not null, alter column pass_id set not null;
create index payment_orders_pass on payment_orders (province_id, pass_id, plan_id, tranche_number);

-- What the clock of supervision said about a plan: once for each stage, deadline and level.
create table visit_notices (
  province_id integer not null,
  plan_id uuid not null,
  case_id uuid not null,
  stage text not null,
  due_on date not null,
  level text not null,
  recorded_at timestamptz not null,
  primary key (province_id, plan_id, stage, due_on, level),
  constraint visit_notices_stage_known check (stage in ('before', 'during', 'after')),
  constraint visit_notices_level_known check (level in ('warned', 'escalated'))
);
create index visit_notices_case on visit_notices (province_id, case_id);

alter table checklists
  add constraint checklists_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table visits
  add constraint visits_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint visits_plan_known foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint visits_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint visits_checklist_known
    foreign key (province_id, checklist_id) references checklists (province_id, id),
  add constraint visits_assignee_known
    foreign key (province_id, assignee_id) references accounts (province_id, id),
  add constraint visits_revisit_known
    foreign key (province_id, revisit_of) references visits (province_id, id),
  add constraint visits_agency_known foreign key (agency_id) references organisations (id),
  add constraint visits_bank_known foreign key (bank_id) references organisations (id),
  add constraint visits_county_known foreign key (county_id) references counties (id);
alter table gate_overrides
  add constraint gate_overrides_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint gate_overrides_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint gate_overrides_agency_known foreign key (agency_id) references organisations (id),
  add constraint gate_overrides_bank_known foreign key (bank_id) references organisations (id),
  add constraint gate_overrides_asker_known
    foreign key (province_id, asked_by) references accounts (province_id, id),
  add constraint gate_overrides_decider_known
    foreign key (province_id, decided_by) references accounts (province_id, id);
alter table tranche_passes
  add constraint tranche_passes_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint tranche_passes_step_known
    foreign key (province_id, step_id) references history (province_id, id),
  add constraint tranche_passes_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint tranche_passes_agency_known foreign key (agency_id) references organisations (id),
  add constraint tranche_passes_bank_known foreign key (bank_id) references organisations (id);
alter table payment_orders
  add constraint payment_orders_gate_passed
    foreign key (province_id, pass_id, plan_id, tranche_number)
    references tranche_passes (province_id, id, plan_id, number);
alter table visit_notices
  add constraint visit_notices_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint visit_notices_case_known
    foreign key (province_id, case_id) references cases (province_id, id);

grant select, insert on checklists, visits, gate_overrides to karkhaneh_province;
grant update (state, state_since, due_on, channel, assignee_id, visited_on, answers, note, correction_due_on,
  deviation, revision) on visits to karkhaneh_province;
grant update (state, decided_by, decided_at, decided_reason) on gate_overrides to karkhaneh_province;
-- A pass that no order stands on goes when its visit does; the foreign key keeps the others.
grant select, insert, delete on tranche_passes to karkhaneh_province;
grant select, insert on visit_notices to karkhaneh_province;
grant select on visits, checklists, tranche_passes to karkhaneh_organisation, karkhaneh_person;
grant select on gate_overrides to karkhaneh_organisation;
grant select on checklists, visits, gate_overrides, tranche_passes, visit_notices to karkhaneh_country;

alter table checklists enable row level security;
create policy checklists_country on checklists for select to karkhaneh_country using (true);
create policy checklists_province on checklists
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table visits enable row level security;
create policy visits_country on visits for select to karkhaneh_country using (true);
create policy visits_province on visits to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy visits_organisation on visits for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
create policy visits_person on visits for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table gate_overrides enable row level security;
create policy gate_overrides_country on gate_overrides for select to karkhaneh_country using (true);
create policy gate_overrides_province on gate_overrides to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy gate_overrides_organisation on gate_overrides for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));

alter table tranche_passes enable row level security;
create policy tranche_passes_country on tranche_passes for select to karkhaneh_country using (true);
create policy tranche_passes_province on tranche_passes to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy tranche_passes_organisation on tranche_passes for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
create policy tranche_passes_person on tranche_passes for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table visit_notices enable row level security;
create policy visit_notices_country on visit_notices for select to karkhaneh_country using (true);
create policy visit_notices_province on visit_notices to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
