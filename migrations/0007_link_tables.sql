-- Foreign keys come after all tables exist: where the tables are distributed, that happens in between.
-- They go to a reference table, or to the same province.
alter table counties add constraint counties_province foreign key (province_id) references provinces (id);
create index counties_province_id on counties (province_id);
alter table province_banks
  add constraint province_banks_province foreign key (province_id) references provinces (id),
  add constraint province_banks_bank foreign key (bank_id) references organisations (id);
create index province_banks_bank_id on province_banks (bank_id);
alter table branches
  add constraint branches_bank foreign key (bank_id) references organisations (id),
  add constraint branches_county foreign key (county_id) references counties (id);
create index branches_bank_id on branches (bank_id);
create index branches_county_id on branches (county_id);
alter table occupations
  add constraint occupations_agency foreign key (agency_id) references organisations (id);
create index occupations_agency_id on occupations (agency_id);
alter table credit_terms
  add constraint credit_terms_line foreign key (credit_line_id) references credit_lines (id);
create index credit_terms_line_id on credit_terms (credit_line_id);

alter table households
  add constraint households_county_known foreign key (county_id) references counties (id);
alter table accounts
  add constraint accounts_person_known foreign key (province_id, person_id) references people (province_id, id),
  add constraint accounts_organisation_known foreign key (organisation_id) references organisations (id);
alter table sessions
  add constraint sessions_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);

alter table cases
  add constraint cases_person_known foreign key (province_id, person_id) references people (province_id, id),
  add constraint cases_household_known
    foreign key (province_id, household_id) references households (province_id, id),
  add constraint cases_occupation_known foreign key (occupation_id) references occupations (id),
  add constraint cases_agency_known foreign key (agency_id) references organisations (id),
  add constraint cases_bank_known foreign key (bank_id) references organisations (id),
  add constraint cases_county_known foreign key (county_id) references counties (id);
create index cases_person on cases (province_id, person_id);
alter table permits
  add constraint permits_case_known foreign key (province_id, case_id) references cases (province_id, id);

alter table plans
  add constraint plans_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint plans_person_known foreign key (province_id, person_id) references people (province_id, id),
  add constraint plans_agency_known foreign key (agency_id) references organisations (id),
  add constraint plans_bank_known foreign key (bank_id) references organisations (id),
  add constraint plans_branch_known foreign key (branch_id) references branches (id),
  add constraint plans_credit_line_known foreign key (credit_line_id) references credit_lines (id);
create index plans_agency_id on plans (agency_id);
create index plans_bank_id on plans (bank_id);
create index plans_credit_line_id on plans (credit_line_id);
alter table tranches
  add constraint tranches_plan_known foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint tranches_bank_known foreign key (bank_id) references organisations (id);
create index tranches_bank_id on tranches (bank_id);
alter table memberships
  add constraint memberships_plan_known foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint memberships_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint memberships_case_known
    foreign key (province_id, covered_case_id) references cases (province_id, id);
alter table jobs
  add constraint jobs_plan_known foreign key (province_id, plan_id) references plans (province_id, id),
  add constraint jobs_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint jobs_person_known foreign key (province_id, person_id) references people (province_id, id);

alter table history
  add constraint history_case_known foreign key (province_id, case_id) references cases (province_id, id)
    deferrable initially deferred,
  add constraint history_reverses_known
    foreign key (province_id, reverses) references history (province_id, id);
alter table import_rows
  add constraint import_rows_import_known
    foreign key (province_id, import_id) references imports (province_id, id);
alter table match_queue
  add constraint match_queue_import_known
    foreign key (province_id, import_id) references imports (province_id, id),
  add constraint match_queue_case_known
    foreign key (province_id, case_id) references cases (province_id, id);
create index match_queue_case on match_queue (province_id, case_id);
