-- A maker's stall: one for a permit. What the permit is worth is asked of the permit each time and kept
-- nowhere here.
create table stalls (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  county_id integer not null,
  occupation_id text not null,
  name text not null,
  about text not null,
  state text not null,
  -- What the programme holds for the maker and has not paid out; below zero, what the maker owes it.
  due_rial bigint not null default 0,
  opened_on date not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint stalls_one_for_a_permit unique (province_id, case_id),
  constraint stalls_state_known check (state in ('open', 'closed')),
  constraint stalls_name_short check (length(name) between 1 and 80),
  constraint stalls_about_short check (length(about) <= 2000)
);
create index stalls_person on stalls (province_id, person_id);
create index stalls_county on stalls (county_id);
create index stalls_occupation on stalls (occupation_id);

-- What a stall sells. on_hand is what can still be promised: the sum of its stock moves, never below zero.
create table products (
  province_id integer not null,
  id uuid not null,
  stall_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  county_id integer not null,
  occupation_id text not null,
  kind text not null,
  state text not null,
  title text not null,
  about text not null,
  unit text not null,
  price_rial bigint not null,
  on_hand integer not null,
  lead_days integer not null,
  sends_to text not null,
  food boolean not null,
  ingredients text not null,
  allergens text[] not null,
  health_number text,
  keeps_days integer,
  -- The words that find it: of its title, its occupation and how people call it, in their form for searching.
  words tsvector not null,
  listed_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint products_kind_known check (kind in ('ready', 'to_order', 'service')),
  constraint products_state_known check (state in ('listed', 'hidden')),
  constraint products_title_short check (length(title) between 1 and 120),
  constraint products_about_short check (length(about) <= 4000),
  constraint products_price_positive check (price_rial > 0),
  constraint products_not_oversold check (on_hand >= 0),
  constraint products_lead_bounded check (lead_days between 0 and 365),
  constraint products_sends_known check (sends_to in ('country', 'province', 'county', 'pick_up')),
  constraint products_food_labelled check (not food or ingredients <> '')
);
create index products_stall on products (province_id, stall_id);
create index products_case on products (province_id, case_id);
create index products_person on products (province_id, person_id);
create index products_words on products using gin (words) where state = 'listed';
create index products_newest on products (listed_at desc, id desc) where state = 'listed';
create index products_county on products (county_id, listed_at desc, id desc);
create index products_occupation on products (occupation_id, listed_at desc, id desc);

-- Photos of a product, known by their content.
create table product_photos (
  province_id integer not null,
  product_id uuid not null,
  sha256 text not null,
  place integer not null,
  media_type text not null,
  size_bytes integer not null,
  state text not null,
  file_key uuid not null,
  recorded_at timestamptz not null,
  primary key (province_id, product_id, sha256),
  constraint product_photos_digest_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint product_photos_type_known check (media_type in ('image/jpeg', 'image/png')),
  constraint product_photos_state_known check (state in ('checking', 'kept', 'refused')),
  constraint product_photos_few check (place between 1 and 8)
);
create index product_photos_digest on product_photos (sha256);

-- Every change of a stock, with what it was for. Never edited.
create table stock_moves (
  province_id integer not null,
  id uuid not null,
  product_id uuid not null,
  kind text not null,
  quantity integer not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint stock_moves_kind_known check (kind in ('made', 'counted', 'promised', 'freed', 'returned')),
  constraint stock_moves_of_some check (quantity <> 0)
);
create index stock_moves_product on stock_moves (province_id, product_id);

alter table stalls
  add constraint stalls_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint stalls_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint stalls_county_known foreign key (county_id) references counties (id),
  add constraint stalls_occupation_known foreign key (occupation_id) references occupations (id);
alter table products
  add constraint products_stall_known
    foreign key (province_id, stall_id) references stalls (province_id, id),
  add constraint products_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint products_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint products_county_known foreign key (county_id) references counties (id),
  add constraint products_occupation_known foreign key (occupation_id) references occupations (id);
alter table product_photos
  add constraint product_photos_product_known
    foreign key (province_id, product_id) references products (province_id, id);
alter table stock_moves
  add constraint stock_moves_product_known
    foreign key (province_id, product_id) references products (province_id, id);

grant select, insert on stalls, products, product_photos, stock_moves
  to karkhaneh_province, karkhaneh_person;
grant update (name, about, state, due_rial) on stalls to karkhaneh_province, karkhaneh_person;
grant update (kind, state, title, about, unit, price_rial, on_hand, lead_days, sends_to, food, ingredients,
  allergens, health_number, keeps_days, words, listed_at) on products
  to karkhaneh_province, karkhaneh_person;
grant update (state, place) on product_photos to karkhaneh_province, karkhaneh_person;
grant delete on product_photos to karkhaneh_province, karkhaneh_person;
-- The public catalogue reads as the country does: what is sold is sold everywhere.
grant select on stalls, products, product_photos, stock_moves to karkhaneh_country;

alter table stalls enable row level security;
create policy stalls_country on stalls for select to karkhaneh_country using (true);
create policy stalls_province on stalls to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy stalls_person on stalls to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table products enable row level security;
create policy products_country on products for select to karkhaneh_country using (true);
create policy products_province on products to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy products_person on products to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table product_photos enable row level security;
create policy product_photos_country on product_photos for select to karkhaneh_country using (true);
create policy product_photos_province on product_photos to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
-- Whoever reaches these has been shown the product, which has a policy of its own.
create policy product_photos_of_own on product_photos to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and exists (select 1 from products p where p.province_id = product_photos.province_id
    and p.id = product_photos.product_id));

alter table stock_moves enable row level security;
create policy stock_moves_country on stock_moves for select to karkhaneh_country using (true);
create policy stock_moves_province on stock_moves to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy stock_moves_of_own on stock_moves to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and exists (select 1 from products p where p.province_id = stock_moves.province_id
    and p.id = stock_moves.product_id));
