-- A root stands for the whole record of a province at a moment: the root of a Merkle tree over the newest link
-- of every case's chain, signed with a key that the database does not hold. Never edited.
create table history_roots (
  province_id integer not null,
  number integer not null,
  as_of_at timestamptz not null,
  -- Of the root of a day: everything that was recorded until its end in Tehran.
  day_on date,
  cases integer not null,
  hash bytea not null,
  -- The hash of the statement before it, so that roots are a chain too.
  previous bytea,
  key_id text not null,
  signature bytea not null,
  made_at timestamptz not null,
  primary key (province_id, number),
  constraint history_roots_numbered_from_one check (number >= 1),
  constraint history_roots_first_has_none_before check ((number = 1) = (previous is null)),
  constraint history_roots_cases_not_negative check (cases >= 0)
);
create unique index history_roots_day_once on history_roots (province_id, day_on) where day_on is not null;

-- The links that a root is made of: of each case whose chain had grown since the root before, where it stood,
-- and the first eight bytes of the hash of every step since then, which tell which step was touched.
create table history_root_links (
  province_id integer not null,
  case_id uuid not null,
  seq integer not null,
  root_number integer not null,
  hash bytea not null,
  trail bytea not null,
  primary key (province_id, case_id, seq)
);
create index history_root_links_root on history_root_links (province_id, root_number);
alter table history_root_links
  add constraint history_root_links_root_known
    foreign key (province_id, root_number) references history_roots (province_id, number);

-- What the house writes beside a head with a key that the database does not hold: nobody else can move a head
-- that no root holds yet. Null where the house was given no key; then the next root has to hold it.
alter table history_heads add column seal bytea;

grant select, insert on history_roots, history_root_links to karkhaneh_province;
grant select on history_roots, history_root_links to karkhaneh_country;
alter table history_roots enable row level security;
create policy history_roots_country on history_roots for select to karkhaneh_country using (true);
create policy history_roots_province on history_roots to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table history_root_links enable row level security;
create policy history_root_links_country on history_root_links for select to karkhaneh_country
  using (true);
create policy history_root_links_province on history_root_links to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
