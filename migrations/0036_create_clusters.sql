-- What supporters and agencies do around the work: courses, and clusters that go through the phases of the
-- national plan of Jahad Daneshgahi up to a memorandum with a driver firm.
create table trainings (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  topic text not null,
  place text not null,
  held_on date not null,
  minutes integer not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint trainings_minutes_positive check (minutes > 0)
);
create index trainings_case on trainings (province_id, case_id);

create table training_people (
  province_id integer not null,
  training_id uuid not null,
  cover_id uuid not null,
  primary key (province_id, training_id, cover_id)
);
create index training_people_cover on training_people (province_id, cover_id);

create table clusters (
  province_id integer not null,
  id uuid not null,
  name text not null,
  county_id integer not null,
  occupation_id text not null,
  driver_firm text,
  memorandum_on date,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint clusters_name_once unique (province_id, name),
  constraint clusters_memorandum_with_firm check (memorandum_on is null or driver_firm is not null)
);

create table cluster_supporters (
  province_id integer not null,
  cluster_id uuid not null,
  case_id uuid not null,
  joined_on date not null,
  primary key (province_id, cluster_id, case_id)
);
create index cluster_supporters_case on cluster_supporters (province_id, case_id);

-- A step of the twelve, in the order of the plan: done on a day, by whom.
create table cluster_steps (
  province_id integer not null,
  cluster_id uuid not null,
  step integer not null,
  done_on date not null,
  note text not null,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, cluster_id, step),
  constraint cluster_steps_step_known check (step between 1 and 12)
);
create index cluster_steps_account on cluster_steps (province_id, account_id);

alter table trainings
  add constraint trainings_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id);
alter table training_people
  add constraint training_people_training_known
    foreign key (province_id, training_id) references trainings (province_id, id),
  add constraint training_people_cover_known
    foreign key (province_id, cover_id) references covers (province_id, id);
alter table cluster_supporters
  add constraint cluster_supporters_cluster_known
    foreign key (province_id, cluster_id) references clusters (province_id, id),
  add constraint cluster_supporters_supporter_known
    foreign key (province_id, case_id) references supporters (province_id, case_id);
alter table cluster_steps
  add constraint cluster_steps_cluster_known
    foreign key (province_id, cluster_id) references clusters (province_id, id),
  add constraint cluster_steps_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);

grant select, insert on trainings, training_people, clusters, cluster_supporters, cluster_steps
  to karkhaneh_province;
grant update (driver_firm, memorandum_on) on clusters to karkhaneh_province;
grant select on trainings, training_people, clusters, cluster_supporters, cluster_steps to karkhaneh_country;

alter table trainings enable row level security;
create policy trainings_country on trainings for select to karkhaneh_country using (true);
create policy trainings_province on trainings to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table training_people enable row level security;
create policy training_people_country on training_people for select to karkhaneh_country using (true);
create policy training_people_province on training_people to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table clusters enable row level security;
create policy clusters_country on clusters for select to karkhaneh_country using (true);
create policy clusters_province on clusters to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table cluster_supporters enable row level security;
create policy cluster_supporters_country on cluster_supporters for select to karkhaneh_country using (true);
create policy cluster_supporters_province on cluster_supporters to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table cluster_steps enable row level security;
create policy cluster_steps_country on cluster_steps for select to karkhaneh_country using (true);
create policy cluster_steps_province on cluster_steps to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
