-- Makes a catalogue out of the tables `stall_seed` and `product_seed`, which fill.ts has filled: what the
-- product's own acts would have written of it, without the record of how each permit came about, which no
-- page of the catalogue reads.
create function pg_temp.id(at timestamptz, kind text, n integer) returns uuid language sql immutable as $$
  select (substr(t, 1, 8) || '-' || substr(t, 9, 4) || '-7' || kind || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid
  from (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as t) x
$$;

create temp table sellers as
select s.*, pg_temp.id(at, 'a00', n) as case_id, pg_temp.id(at, 'b00', n) as person_id,
  pg_temp.id(at, 'c00', n) as household_id, pg_temp.id(at, 'd00', n) as permit_id,
  pg_temp.id(at, 'e00', n) as stall_id
from (select *, now() - interval '1000 days' + n * interval '1 second' as at from stall_seed) s;

insert into people (province_id, id, national_id, id_kind, first_name, last_name, sex, name_key, seen_by,
  recorded_at)
select province_id, person_id, national_id, 'national', first_name, last_name, sex, name_key,
  array[agency_id], at from sellers order by n;

insert into households (province_id, id, person_id, county_id, area, address, address_key, seen_by, recorded_at)
select province_id, household_id, person_id, county_id, 'urban', 'a', 'a', array[agency_id], at from sellers order by n;

insert into cases (province_id, id, state, kind, person_id, household_id, occupation_id, agency_id, county_id,
  area, sex, submitted_on, state_since, holder, holder_since, permit_id, recorded_at)
select province_id, case_id, state, 'independent', person_id, household_id, occupation_id, agency_id,
  county_id, 'urban', sex, at::date, at::date, 'nobody', at::date, permit_id, at
from sellers order by n;

insert into permits (province_id, id, case_id, number, issued_on, valid_until)
select province_id, permit_id, case_id, number, at::date, valid_until from sellers order by n;

insert into stalls (province_id, id, case_id, person_id, county_id, occupation_id, name, about, state, opened_on,
  recorded_at)
select province_id, stall_id, case_id, person_id, county_id, occupation_id, name, '', stall_state, at::date, at
from sellers order by n;

create temp table goods as
select p.*, s.province_id, s.county_id, s.occupation_id, s.stall_id, s.case_id, s.person_id,
  pg_temp.id(p.listed_at, 'f00', p.n) as id
from product_seed p join sellers s on s.n = p.stall;

insert into products (province_id, id, stall_id, case_id, person_id, county_id, occupation_id, kind, state, title,
  about, unit, price_rial, on_hand, lead_days, sends_to, food, ingredients, allergens, words, listed_at, recorded_at)
select province_id, id, stall_id, case_id, person_id, county_id, occupation_id, kind, state, title, title, unit,
  price_rial, on_hand, lead_days, 'country', false, '', '{}',
  array_to_tsvector(words || array['#p' || province_id, '#c' || county_id, '#o' || occupation_id]), listed_at, listed_at
from goods order by n;

insert into product_photos (province_id, product_id, sha256, place, media_type, size_bytes, state, file_key,
  thumb_of, recorded_at, person_id)
select g.province_id, g.id, x.sha256, 1, x.media_type, x.size_bytes, 'kept', x.file_key, x.thumb_of, g.listed_at,
  g.person_id
from goods g join picture_seed x on x.n = g.picture order by g.n, x.thumb_of nulls first;

insert into catalogue_words (province_id, word)
select distinct province_id, unnest(words) from goods;
