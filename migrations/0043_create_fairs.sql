-- Fairs, bazaars and market days: announced with their criteria, stalls given by points and, where those are
-- equal, by a seed whose fingerprint was published before anybody applied.
create table fairs (
  province_id integer not null,
  id uuid not null,
  kind text not null,
  name text not null,
  county_id integer not null,
  place text not null,
  about text not null,
  state text not null,
  state_since date not null,
  apply_until_on date not null,
  starts_on date not null,
  ends_on date not null,
  -- Percent by criterion; never edited once it was announced.
  weights jsonb not null,
  seed text not null,
  fingerprint text not null,
  announced_on date not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint fairs_kind_known check (kind in ('bazaar', 'fair', 'market_day')),
  constraint fairs_state_known check (state in ('announced', 'drawn', 'held', 'cancelled')),
  constraint fairs_days_in_order check (announced_on <= apply_until_on and apply_until_on < starts_on
    and starts_on <= ends_on),
  constraint fairs_name_short check (length(name) between 1 and 120)
);
create index fairs_county on fairs (county_id);
create index fairs_newest on fairs (province_id, starts_on desc, id desc);

-- A kind of stall of a fair: how many there are, what one costs and what is taken off.
create table fair_stalls (
  province_id integer not null,
  fair_id uuid not null,
  number integer not null,
  name text not null,
  places integer not null,
  price_rial bigint not null,
  discount_bp integer not null,
  allotted integer not null default 0,
  primary key (province_id, fair_id, number),
  constraint fair_stalls_number_positive check (number > 0),
  constraint fair_stalls_some_places check (places between 1 and 1000),
  constraint fair_stalls_price_not_negative check (price_rial >= 0),
  constraint fair_stalls_discount_bounded check (discount_bp between 0 and 10000),
  constraint fair_stalls_not_given_twice check (allotted between 0 and places)
);

create table stall_applications (
  province_id integer not null,
  id uuid not null,
  fair_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  county_id integer not null,
  stall integer not null,
  brings text not null,
  state text not null,
  state_since date not null,
  marks jsonb,
  points integer,
  -- The place in the order of its kind of stall, by points and then by the draw.
  rank integer,
  -- The stall that was given: one of the places of its kind.
  place integer,
  fee_rial bigint,
  sales_rial bigint,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint stall_applications_state_known check (state in ('applied', 'scored', 'allotted', 'waiting',
    'withdrawn', 'attended', 'absent', 'reported', 'called_off')),
  constraint stall_applications_brings_short check (length(brings) between 1 and 500),
  constraint stall_applications_points_bounded check (points between 0 and 1000),
  constraint stall_applications_marked check ((marks is null) = (points is null)),
  constraint stall_applications_scored check (
    state not in ('scored', 'allotted', 'waiting', 'attended', 'absent', 'reported') or points is not null),
  constraint stall_applications_place_when_given check (
    (state in ('allotted', 'attended', 'absent', 'reported')) = (place is not null)
    and (place is null) = (fee_rial is null)),
  constraint stall_applications_sales_reported check ((state = 'reported') = (sales_rial is not null)),
  constraint stall_applications_sales_not_negative check (sales_rial >= 0)
);
create unique index stall_applications_once on stall_applications (province_id, fair_id, case_id)
  where state <> 'withdrawn';
create unique index stall_applications_place_once on stall_applications (province_id, fair_id, stall, place)
  where place is not null;
create index stall_applications_stall on stall_applications (province_id, fair_id, stall);
create index stall_applications_case on stall_applications (province_id, case_id);
create index stall_applications_person on stall_applications (province_id, person_id);
create index stall_applications_county on stall_applications (county_id);

-- The steps of a fair as a whole; those of an application are in the record of its maker's case.
create table fair_steps (
  province_id integer not null,
  id uuid not null,
  fair_id uuid not null,
  seq integer not null,
  verb text not null,
  from_state text,
  to_state text not null,
  happened_on date not null,
  reason text,
  facts jsonb not null default '{}',
  actor_id uuid,
  op_id uuid not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint fair_steps_place unique (province_id, fair_id, seq)
);
create unique index fair_steps_drawn_once on fair_steps (province_id, fair_id)
  where verb = 'market.drawStalls';
create index fair_steps_actor on fair_steps (province_id, actor_id);

alter table fairs
  add constraint fairs_county_known foreign key (county_id) references counties (id);
alter table fair_stalls
  add constraint fair_stalls_fair_known foreign key (province_id, fair_id) references fairs (province_id, id);
alter table stall_applications
  add constraint stall_applications_stall_known foreign key (province_id, fair_id, stall)
    references fair_stalls (province_id, fair_id, number),
  add constraint stall_applications_case_known
    foreign key (province_id, case_id) references cases (province_id, id),
  add constraint stall_applications_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint stall_applications_county_known foreign key (county_id) references counties (id);
alter table fair_steps
  add constraint fair_steps_fair_known foreign key (province_id, fair_id) references fairs (province_id, id),
  add constraint fair_steps_actor_known
    foreign key (province_id, actor_id) references accounts (province_id, id);

grant select, insert on fairs, fair_stalls, stall_applications, fair_steps to karkhaneh_province;
grant update (state, state_since) on fairs to karkhaneh_province;
grant update (allotted) on fair_stalls to karkhaneh_province;
grant update (state, state_since, marks, points, rank, place, fee_rial, sales_rial)
  on stall_applications to karkhaneh_province;
-- The seed stays in the office until the draw is over.
grant select (province_id, id, kind, name, county_id, place, about, state, state_since, apply_until_on,
  starts_on, ends_on, weights, fingerprint, announced_on, recorded_at)
  on fairs to karkhaneh_organisation, karkhaneh_person;
grant select on fair_stalls, fair_steps to karkhaneh_organisation, karkhaneh_person;
grant select on stall_applications to karkhaneh_person;
grant select on fairs, fair_stalls, stall_applications, fair_steps to karkhaneh_country;

alter table fairs enable row level security;
create policy fairs_country on fairs for select to karkhaneh_country using (true);
create policy fairs_province on fairs to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy fairs_announced on fairs for select to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table fair_stalls enable row level security;
create policy fair_stalls_country on fair_stalls for select to karkhaneh_country using (true);
create policy fair_stalls_province on fair_stalls to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy fair_stalls_announced on fair_stalls for select to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table stall_applications enable row level security;
create policy stall_applications_country on stall_applications for select to karkhaneh_country using (true);
create policy stall_applications_province on stall_applications to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy stall_applications_person on stall_applications for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table fair_steps enable row level security;
create policy fair_steps_country on fair_steps for select to karkhaneh_country using (true);
create policy fair_steps_province on fair_steps to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy fair_steps_announced on fair_steps for select to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
