-- People who were made nobody: what was known of them is gone, what they count for stays.
create table erasures (
  province_id integer not null,
  id uuid not null,
  person_id uuid not null,
  -- Whether the person asked for it; else its time was over.
  asked boolean not null,
  reason text not null,
  -- The last day of anything in the person's record.
  ended_on date not null,
  erased_at timestamptz not null,
  primary key (province_id, id),
  constraint erasures_once unique (province_id, person_id),
  constraint erasures_reason_given check (reason <> '')
);
alter table erasures
  add constraint erasures_person_known
    foreign key (province_id, person_id) references people (province_id, id);

-- The owner alone writes it, by command.
grant select on erasures to karkhaneh_province, karkhaneh_country;
alter table erasures enable row level security;
create policy erasures_country on erasures for select to karkhaneh_country using (true);
create policy erasures_province on erasures for select to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
