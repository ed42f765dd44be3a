-- Raw materials that makers buy together. Quantities are whole thousandths of the material's unit (grams of a
-- kilogram, millimetres of a metre). What was agreed sums to the whole by CHECK, not by good will.
create table raw_materials (
  province_id integer not null,
  id uuid not null,
  name text not null,
  name_key text not null,
  unit text not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint raw_materials_name_once unique (province_id, name_key),
  constraint raw_materials_unit_known check (
    unit in ('kilogram', 'metre', 'square_metre', 'litre', 'piece', 'hank'))
);

-- Who may offer: a need-supply cooperative, a supporter, a shop; registered by an officer. With an account it
-- offers by itself, without one an officer writes its offers down.
create table suppliers (
  province_id integer not null,
  id uuid not null,
  kind text not null,
  name text not null,
  county_id integer not null,
  phone text,
  account_id uuid,
  state text not null,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint suppliers_kind_known check (kind in ('cooperative', 'supporter', 'shop')),
  constraint suppliers_state_known check (state in ('registered', 'ended'))
);
create unique index suppliers_account_once on suppliers (province_id, account_id) where account_id is not null;
create index suppliers_county on suppliers (county_id);

-- A purchase that makers pool their needs into.
create table purchases (
  province_id integer not null,
  id uuid not null,
  material_id uuid not null,
  -- Whose makers it is for; null = those of the whole province.
  county_id integer,
  state text not null,
  state_since date not null,
  opened_on date not null,
  closes_on date not null,
  -- The quantity at which it closes before its day.
  enough integer,
  pooled integer not null default 0,
  -- What a unit costs in a shop, where somebody asked; in rial.
  retail_unit_rial bigint,
  retail_source text,
  offer_id uuid,
  ordered integer not null default 0,
  price_rial bigint,
  freight_rial bigint,
  -- The sums of the shares, written from the needs themselves.
  shared integer not null default 0,
  shared_price_rial bigint not null default 0,
  shared_freight_rial bigint not null default 0,
  delivered integer not null default 0,
  delivered_on date,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint purchases_state_known check (
    state in ('open', 'closed', 'ordered', 'delivered', 'settled', 'cancelled')),
  constraint purchases_pool_bounded check (pooled between 0 and 2000000000),
  constraint purchases_enough_positive check (enough > 0),
  constraint purchases_offer_when_ordered check (
    (state in ('ordered', 'delivered', 'settled')) = (offer_id is not null)),
  constraint purchases_shares_are_the_whole check (offer_id is null or (shared = ordered
    and shared_price_rial is not distinct from price_rial
    and shared_freight_rial is not distinct from freight_rial)),
  constraint purchases_delivered_within check (delivered between 0 and ordered),
  constraint purchases_delivered_whole check (
    state not in ('delivered', 'settled') or delivered = ordered)
);
create index purchases_material on purchases (province_id, material_id);
create index purchases_county on purchases (county_id);
create index purchases_offer on purchases (province_id, offer_id);

-- Where what was bought is handed out.
create table purchase_points (
  province_id integer not null,
  purchase_id uuid not null,
  number integer not null,
  county_id integer not null,
  place text not null,
  ordered integer not null default 0,
  delivered integer not null default 0,
  collected integer not null default 0,
  returned integer not null default 0,
  primary key (province_id, purchase_id, number),
  constraint purchase_points_number_positive check (number > 0),
  constraint purchase_points_delivered_within check (delivered between 0 and ordered),
  constraint purchase_points_handed_out_within check (
    collected >= 0 and returned >= 0 and collected + returned <= delivered)
);
create index purchase_points_county on purchase_points (county_id);

-- What one maker needs, and later their share of what was bought.
create table needs (
  province_id integer not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  county_id integer not null,
  material_id uuid not null,
  quantity integer not null,
  needed_by_on date not null,
  state text not null,
  state_since date not null,
  purchase_id uuid,
  point integer,
  share integer not null default 0,
  price_rial bigint not null default 0,
  freight_rial bigint not null default 0,
  saved_rial bigint not null default 0,
  collected integer not null default 0,
  left_behind integer not null default 0,
  -- What another of the purchase left behind and this one took, and what it costs; what is no longer owed.
  taken_over integer not null default 0,
  taken_over_rial bigint not null default 0,
  credited_rial bigint not null default 0,
  paid_rial bigint not null default 0,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint needs_state_known check (state in ('stated', 'joined', 'allotted', 'collected', 'left',
    'given', 'returned', 'withdrawn')),
  constraint needs_quantity_bounded check (quantity between 1 and 100000000),
  constraint needs_purchase_when_joined check (
    (state in ('stated', 'withdrawn')) = (purchase_id is null) and (purchase_id is null) = (point is null)),
  constraint needs_share_within check (share between 0 and quantity),
  constraint needs_collected_within check (
    collected >= 0 and left_behind >= 0 and taken_over >= 0 and collected + left_behind <= share),
  constraint needs_share_accounted check (case
    when state in ('collected', 'left', 'given', 'returned') then collected + left_behind = share
    when state = 'allotted' then left_behind = 0 else share = 0 end),
  constraint needs_collected_whole check (state <> 'collected' or left_behind = 0),
  constraint needs_rial_not_negative check (price_rial >= 0 and freight_rial >= 0 and saved_rial >= 0
    and taken_over_rial >= 0 and credited_rial >= 0),
  constraint needs_credit_within check (credited_rial <= price_rial + freight_rial),
  constraint needs_paid_within check (paid_rial between 0 and price_rial + freight_rial + taken_over_rial)
);
create unique index needs_once_in_a_purchase on needs (province_id, purchase_id, case_id)
  where purchase_id is not null;
create index needs_purchase on needs (province_id, purchase_id, point);
create index needs_case on needs (province_id, case_id);
create index needs_person on needs (province_id, person_id);
create index needs_material on needs (province_id, material_id, county_id);
create index needs_county on needs (county_id);

-- What a supplier offers for a purchase as a whole: from so much on, a unit costs so much.
create table offers (
  province_id integer not null,
  id uuid not null,
  purchase_id uuid not null,
  supplier_id uuid not null,
  state text not null,
  break_quantities integer[] not null,
  break_rials bigint[] not null,
  freight_rial bigint not null,
  most integer,
  delivers_on date not null,
  valid_until_on date not null,
  note text,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint offers_state_known check (state in ('standing', 'withdrawn', 'chosen')),
  constraint offers_breaks_paired check (cardinality(break_quantities) = cardinality(break_rials)
    and cardinality(break_quantities) between 1 and 8),
  constraint offers_freight_not_negative check (freight_rial >= 0),
  constraint offers_most_positive check (most > 0)
);
create unique index offers_one_standing on offers (province_id, purchase_id, supplier_id)
  where state in ('standing', 'chosen');
create unique index offers_one_chosen on offers (province_id, purchase_id) where state = 'chosen';
create index offers_purchase on offers (province_id, purchase_id);
create index offers_supplier on offers (province_id, supplier_id);
create index offers_account on offers (province_id, account_id);

create table purchase_deliveries (
  province_id integer not null,
  purchase_id uuid not null,
  number integer not null,
  point integer not null,
  quantity integer not null,
  delivered_on date not null,
  note text,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, purchase_id, number),
  constraint purchase_deliveries_quantity_positive check (quantity > 0)
);
create index purchase_deliveries_point on purchase_deliveries (province_id, purchase_id, point);
create index purchase_deliveries_account on purchase_deliveries (province_id, account_id);

create table share_payments (
  province_id integer not null,
  id uuid not null,
  need_id uuid not null,
  person_id uuid not null,
  amount_rial bigint not null,
  paid_on date not null,
  reference text,
  account_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint share_payments_amount_positive check (amount_rial > 0)
);
create index share_payments_need on share_payments (province_id, need_id);
create index share_payments_person on share_payments (province_id, person_id);
create index share_payments_account on share_payments (province_id, account_id);

-- What became of what a maker did not collect.
create table leftovers (
  province_id integer not null,
  need_id uuid not null,
  quantity integer not null,
  outcome text not null,
  to_need_id uuid,
  amount_rial bigint not null,
  reason text not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  primary key (province_id, need_id),
  constraint leftovers_quantity_positive check (quantity > 0),
  constraint leftovers_outcome_known check (outcome in ('given', 'returned')),
  constraint leftovers_given_to_somebody check ((outcome = 'given') = (to_need_id is not null)),
  constraint leftovers_not_to_oneself check (to_need_id <> need_id)
);
create index leftovers_to on leftovers (province_id, to_need_id);

-- The steps of a purchase as a whole; what they mean for each maker is in the record of the maker's case.
create table purchase_steps (
  province_id integer not null,
  id uuid not null,
  purchase_id uuid not null,
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
  constraint purchase_steps_place unique (province_id, purchase_id, seq)
);
-- Joining ends once, whoever comes first: the clock, the quantity or an officer.
create unique index purchase_steps_closed_once on purchase_steps (province_id, purchase_id)
  where verb = 'market.closePurchase';
create index purchase_steps_actor on purchase_steps (province_id, actor_id);

alter table suppliers
  add constraint suppliers_county_known foreign key (county_id) references counties (id),
  add constraint suppliers_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table purchases
  add constraint purchases_material_known
    foreign key (province_id, material_id) references raw_materials (province_id, id),
  add constraint purchases_county_known foreign key (county_id) references counties (id),
  add constraint purchases_offer_known foreign key (province_id, offer_id) references offers (province_id, id);
alter table purchase_points
  add constraint purchase_points_purchase_known
    foreign key (province_id, purchase_id) references purchases (province_id, id),
  add constraint purchase_points_county_known foreign key (county_id) references counties (id);
alter table needs
  add constraint needs_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint needs_person_known foreign key (province_id, person_id) references people (province_id, id),
  add constraint needs_material_known
    foreign key (province_id, material_id) references raw_materials (province_id, id),
  add constraint needs_county_known foreign key (county_id) references counties (id),
  add constraint needs_point_known foreign key (province_id, purchase_id, point)
    references purchase_points (province_id, purchase_id, number);
alter table offers
  add constraint offers_purchase_known
    foreign key (province_id, purchase_id) references purchases (province_id, id),
  add constraint offers_supplier_known
    foreign key (province_id, supplier_id) references suppliers (province_id, id),
  add constraint offers_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table purchase_deliveries
  add constraint purchase_deliveries_point_known foreign key (province_id, purchase_id, point)
    references purchase_points (province_id, purchase_id, number),
  add constraint purchase_deliveries_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table share_payments
  add constraint share_payments_need_known foreign key (province_id, need_id) references needs (province_id, id),
  add constraint share_payments_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint share_payments_account_known
    foreign key (province_id, account_id) references accounts (province_id, id);
alter table leftovers
  add constraint leftovers_need_known foreign key (province_id, need_id) references needs (province_id, id),
  add constraint leftovers_to_known foreign key (province_id, to_need_id) references needs (province_id, id);
alter table purchase_steps
  add constraint purchase_steps_purchase_known
    foreign key (province_id, purchase_id) references purchases (province_id, id),
  add constraint purchase_steps_actor_known
    foreign key (province_id, actor_id) references accounts (province_id, id);

grant select, insert on raw_materials, suppliers, purchases, purchase_points, needs, offers,
  purchase_deliveries, share_payments, leftovers, purchase_steps to karkhaneh_province;
grant update (name, county_id, phone, account_id, state) on suppliers to karkhaneh_province;
grant update (state, state_since, pooled, offer_id, ordered, price_rial, freight_rial, shared,
  shared_price_rial, shared_freight_rial, delivered, delivered_on) on purchases to karkhaneh_province;
grant update (ordered, delivered, collected, returned) on purchase_points to karkhaneh_province;
grant update (state, state_since, purchase_id, point, share, price_rial, freight_rial, saved_rial, collected,
  left_behind, taken_over, taken_over_rial, credited_rial, paid_rial) on needs to karkhaneh_province;
grant update (state) on offers to karkhaneh_province;
grant select on raw_materials, purchases, purchase_points, purchase_steps
  to karkhaneh_organisation, karkhaneh_person;
grant select on needs, share_payments to karkhaneh_person;
grant select on raw_materials, suppliers, purchases, purchase_points, needs, offers, purchase_deliveries,
  share_payments, leftovers, purchase_steps to karkhaneh_country;

alter table raw_materials enable row level security;
create policy raw_materials_country on raw_materials for select to karkhaneh_country using (true);
create policy raw_materials_province on raw_materials to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy raw_materials_announced on raw_materials for select to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table suppliers enable row level security;
create policy suppliers_country on suppliers for select to karkhaneh_country using (true);
create policy suppliers_province on suppliers to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table purchases enable row level security;
create policy purchases_country on purchases for select to karkhaneh_country using (true);
create policy purchases_province on purchases to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy purchases_announced on purchases for select to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table purchase_points enable row level security;
create policy purchase_points_country on purchase_points for select to karkhaneh_country using (true);
create policy purchase_points_province on purchase_points to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy purchase_points_announced on purchase_points for select to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table needs enable row level security;
create policy needs_country on needs for select to karkhaneh_country using (true);
create policy needs_province on needs to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy needs_person on needs for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table offers enable row level security;
create policy offers_country on offers for select to karkhaneh_country using (true);
create policy offers_province on offers to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table purchase_deliveries enable row level security;
create policy purchase_deliveries_country on purchase_deliveries for select to karkhaneh_country using (true);
create policy purchase_deliveries_province on purchase_deliveries to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table share_payments enable row level security;
create policy share_payments_country on share_payments for select to karkhaneh_country using (true);
create policy share_payments_province on share_payments to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy share_payments_person on share_payments for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

alter table leftovers enable row level security;
create policy leftovers_country on leftovers for select to karkhaneh_country using (true);
create policy leftovers_province on leftovers to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

alter table purchase_steps enable row level security;
create policy purchase_steps_country on purchase_steps for select to karkhaneh_country using (true);
create policy purchase_steps_province on purchase_steps to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
create policy purchase_steps_announced on purchase_steps for select to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
