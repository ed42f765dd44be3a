-- How many people a province has, as somebody of the ministry entered it with its source: what rates are reckoned
-- by. A row is of the province of whoever entered it, and about another; a newer count is a newer row.
create table populations (
  province_id integer not null,
  id uuid not null,
  of_province integer not null,
  counted_on date not null,
  people integer not null,
  source text not null,
  assumed boolean not null,
  entered_by uuid not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint populations_people_positive check (people > 0),
  constraint populations_source_length check (length(source) between 3 and 300)
);
create index populations_of_province on populations (of_province, counted_on);
create index populations_entered_by on populations (province_id, entered_by);

alter table populations
  add constraint populations_of_province_known foreign key (of_province) references provinces (id),
  add constraint populations_entered_by_known
    foreign key (province_id, entered_by) references accounts (province_id, id);

grant select, insert on populations to karkhaneh_province;
grant select on populations to karkhaneh_country;

alter table populations enable row level security;
create policy populations_country on populations for select to karkhaneh_country using (true);
create policy populations_province on populations to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
