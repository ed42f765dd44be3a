-- A deviation that a visit found, from the finding over the holder's word, the agency's proposal and the
-- bank's agreement to what was done. Its steps are in the record of its case.
create table deviations (
  province_id integer not null,
  id uuid not null,
  visit_id uuid not null,
  case_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  agency_id text not null,
  bank_id text not null,
  kind text not null,
  state text not null,
  state_since date not null,
  -- What the holder said; empty where they did not answer in time.
  holder_said text,
  measure text,
  measure_reason text,
  -- Until when the holder may appeal.
  appeal_until_on date,
  appeal_reason text,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint deviations_visit_once unique (province_id, visit_id),
  constraint deviations_kind_known check (kind in ('used_otherwise', 'closed', 'moved', 'never_started')),
  constraint deviations_state_known check (state in ('found', 'heard', 'proposed', 'decided', 'appealed',
    'upheld', 'overturned', 'carried_out', 'void')),
  constraint deviations_measure_known check (measure in ('correct', 'suspend', 'recall', 'bar')),
  -- Nobody is judged unheard.
  constraint deviations_heard_first check (state in ('found', 'void') or holder_said is not null),
  constraint deviations_measure_said check (state in ('found', 'heard', 'void') or measure is not null)
);
create index deviations_case on deviations (province_id, case_id);
create index deviations_plan on deviations (province_id, plan_id);
create index deviations_person on deviations (province_id, person_id);
create index deviations_agency on deviations (agency_id);
create index deviations_bank on deviations (bank_id);

-- Who gets no loan of the programme until a day, by the step that says so.
create table loan_bars (
  province_id integer not null,
  person_id uuid not null,
  step_id uuid not null,
  until_on date not null,
  recorded_at timestamptz not null,
  primary key (province_id, person_id, step_id)
);
create index loan_bars_step on loan_bars (province_id, step_id);

alter table deviations
  add constraint deviations_visit_known
    foreign key (province_id, visit_id) references visits (province_id, id),
  add constraint deviations_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint deviations_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint deviations_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint deviations_agency_known foreign key (agency_id) references organisations (id),
  add constraint deviations_bank_known foreign key (bank_id) references organisations (id);
alter table loan_bars
  add constraint loan_bars_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint loan_bars_step_known
    foreign key (province_id, step_id) references history (province_id, id);

grant select, insert on deviations, loan_bars to karkhaneh_province;
grant update (state, state_since, holder_said, measure, measure_reason, appeal_until_on, appeal_reason)
  on deviations to karkhaneh_province;
grant select on deviations to karkhaneh_organisation, karkhaneh_person;
grant select on deviations, loan_bars to karkhaneh_country;

alter table deviations enable row level security;
create policy deviations_country on deviations for select to karkhaneh_country using (true);
create policy deviations_province on deviations to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy deviations_organisation on deviations for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));
create policy deviations_person on deviations for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table loan_bars enable row level security;
create policy loan_bars_country on loan_bars for select to karkhaneh_country using (true);
create policy loan_bars_province on loan_bars to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

-- A sample of paid plans that somebody goes to see: the seed and every candidate with its points, so that an
-- auditor draws the same one again. Never edited.
create table visit_samples (
  province_id integer not null,
  id uuid not null,
  seed text not null,
  drawn_on date not null,
  by_risk integer not null,
  by_chance integer not null,
  points text not null,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint visit_samples_of_some check (by_risk >= 0 and by_chance >= 0 and by_risk + by_chance > 0)
);
create index visit_samples_account on visit_samples (province_id, account_id);

create table visit_candidates (
  province_id integer not null,
  sample_id uuid not null,
  plan_id uuid not null,
  points integer not null,
  chosen text,
  visit_id uuid,
  primary key (province_id, sample_id, plan_id),
  constraint visit_candidates_chosen_known check (chosen in ('risk', 'chance')),
  constraint visit_candidates_visit_of_chosen check ((chosen is null) = (visit_id is null))
);
create index visit_candidates_plan on visit_candidates (province_id, plan_id);
create index visit_candidates_visit on visit_candidates (province_id, visit_id);

alter table visit_samples
  add constraint visit_samples_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table visit_candidates
  add constraint visit_candidates_sample_known
    foreign key (province_id, sample_id) references visit_samples (province_id, id),
  add constraint visit_candidates_plan_known
    foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint visit_candidates_visit_known
    foreign key (province_id, visit_id) references visits (province_id, id);

grant select, insert on visit_samples, visit_candidates to karkhaneh_province;
grant select on visit_samples, visit_candidates to karkhaneh_country;
alter table visit_samples enable row level security;
create policy visit_samples_country on visit_samples for select to karkhaneh_country using (true);
create policy visit_samples_province on visit_samples to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table visit_candidates enable row level security;
create policy visit_candidates_country on visit_candidates for select to karkhaneh_country using (true);
create policy visit_candidates_province on visit_candidates to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
