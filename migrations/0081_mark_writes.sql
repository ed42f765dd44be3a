-- Each transaction in which the product writes rows says so in one row, with a key that the database does not hold:
-- the number that PostgreSQL gave the transaction, which stands on every row it wrote, and how many rows each table
-- has more or fewer for it. A row whose transaction said nothing was written by somebody else. Never edited.
create table write_marks (
  -- -1 for what the owner of the tables writes that is no province's: reference data, changes of the schema.
  province_id integer not null,
  -- The process that wrote, and which of its marks in this province it is.
  writer uuid not null,
  number integer not null,
  written_at timestamptz not null,
  xid xid8 not null,
  -- Of a transaction with savepoints: the numbers of its parts.
  part_xids xid8[],
  -- How many rows more or fewer, by table.
  counts text,
  -- The cases whose first step it recorded: none of them can go with everything about it.
  opened uuid[],
  -- Marks of the same process that were not known to be committed when this one was sent.
  unsettled integer[] not null,
  -- How far other processes had come, now and then: nobody takes away a whole process, or the end of one.
  others text,
  mac bytea not null,
  primary key (province_id, writer, number),
  constraint write_marks_numbered_from_one check (number >= 1)
);

-- From when on rows are held against their marks, and how many there were of each province in each table. Taken
-- when a house begins, when its schema changed, and when rows came by another way than the product's acts.
create table stocktakings (
  -- -1: they are of the whole house.
  province_id integer not null,
  number integer not null,
  why text not null,
  taken_at timestamptz not null,
  -- Rows of transactions before this one are taken as they were found.
  found_before xid8 not null,
  -- Which transactions the counts know.
  snapshot pg_snapshot not null,
  counts jsonb not null,
  mac bytea not null,
  primary key (province_id, number),
  constraint stocktakings_of_the_house check (province_id = -1),
  constraint stocktakings_numbered_from_one check (number >= 1)
);

grant select, insert on write_marks to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select on write_marks, stocktakings to karkhaneh_country;
grant select on stocktakings to karkhaneh_province;
alter table write_marks enable row level security;
create policy write_marks_country on write_marks for select to karkhaneh_country using (true);
create policy write_marks_province on write_marks
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person
  using (province_id = -1
    or province_id = nullif(current_setting('app.province', true), '')::integer)
  with check (province_id = nullif(current_setting('app.province', true), '')::integer);
alter table stocktakings enable row level security;
create policy stocktakings_country on stocktakings for select to karkhaneh_country using (true);
create policy stocktakings_province on stocktakings for select to karkhaneh_province
  using (province_id = -1
    or province_id = nullif(current_setting('app.province', true), '')::integer);
