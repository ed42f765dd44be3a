-- A market and a year of totals as they were before the migrations that are measured: {rows} rows in each of the
-- tables that those go through, a tenth of it products. Whom they refer to is not there; what later migrations
-- check is.
set session_replication_role = replica;
insert into products (province_id, id, stall_id, case_id, person_id, county_id, occupation_id, kind, state, title, about,
  unit, price_rial, on_hand, lead_days, sends_to, food, ingredients, allergens, words, listed_at, recorded_at)
select n % 31, md5('product' || n)::uuid, md5('stall' || n / 10)::uuid, md5('case' || n / 10)::uuid,
  md5('person' || n / 10)::uuid, n % 400, 'tailoring', 'ready', 'listed', 'جنس ' || n, '', 'piece', 1000 + n, 1, 0,
  'country', false, '', '{}', to_tsvector('simple', 'word' || n % 5000 || ' thing' || n % 77), now(), now()
from generate_series(1, {rows} / 10) n;
insert into stock_moves (province_id, id, product_id, kind, quantity, recorded_at)
select (n % ({rows} / 10) + 1) % 31, md5('move' || n)::uuid, md5('product' || (n % ({rows} / 10) + 1))::uuid, 'counted', 1, now()
from generate_series(1, {rows}) n;
insert into product_photos (province_id, product_id, sha256, place, media_type, size_bytes, state, file_key, recorded_at)
select (n % ({rows} / 10) + 1) % 31, md5('product' || (n % ({rows} / 10) + 1))::uuid,
  md5('photo' || n) || md5('again' || n), 1, 'image/jpeg', 1000, 'kept', md5('file' || n)::uuid, now()
from generate_series(1, {rows}) n;
insert into daily_totals (province_id, measure, dimension, happened_on, key, recorded_on, value)
select n % 31, 'permits_issued', 'county', date '2020-03-20' + n / 31 % 1500, (n / 31 / 1500)::text,
  date '2024-12-01', 1
from generate_series(0, {rows} - 1) n;
set session_replication_role = origin;
analyze products, stock_moves, product_photos, daily_totals;
