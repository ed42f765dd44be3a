-- Somebody asks the makers of a trade for more than one of them has; each pledges a part, and what is accepted
-- becomes an order of its own.
create table requests (
  province_id integer not null,
  id uuid not null,
  buyer_province_id integer not null,
  buyer_id uuid not null,
  buyer_name text not null,
  buyer_mobile text not null,
  to_province_id integer not null,
  address text not null,
  postal_code text,
  occupation_id text not null,
  title text not null,
  about text not null,
  unit text not null,
  quantity integer not null,
  -- The most that one may cost; null = whatever is pledged.
  most_rial bigint,
  needed_by_on date not null,
  closes_on date not null,
  state text not null,
  state_at timestamptz not null,
  pledged integer not null default 0,
  ordered integer not null default 0,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint requests_state_known check (state in ('open', 'filled', 'cancelled')),
  constraint requests_of_some check (quantity > 0 and (most_rial is null or most_rial > 0)),
  constraint requests_days_ordered check (closes_on <= needed_by_on),
  constraint requests_pledged_counted check (pledged >= 0),
  constraint requests_ordered_within check (ordered between 0 and quantity)
);
create index requests_buyer on requests (buyer_id, recorded_at);
create index requests_occupation on requests (occupation_id);
create index requests_open on requests (province_id, occupation_id) where state = 'open';

create table pledges (
  province_id integer not null,
  id uuid not null,
  request_id uuid not null,
  stall_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  -- What it is taken from; null where it is made for this request.
  product_id uuid,
  quantity integer not null,
  each_rial bigint not null,
  ready_on date not null,
  note text not null,
  state text not null,
  order_id uuid,
  recorded_at timestamptz not null,
  primary key (province_id, id),
  constraint pledges_state_known check (state in ('standing', 'withdrawn', 'accepted', 'passed_over')),
  constraint pledges_of_some check (quantity > 0 and each_rial > 0),
  constraint pledges_ordered_when_accepted check ((state = 'accepted') = (order_id is not null))
);
create unique index pledges_one_of_a_stall on pledges (province_id, request_id, stall_id)
  where state in ('standing', 'accepted');
create index pledges_request on pledges (province_id, request_id);
create index pledges_stall on pledges (province_id, stall_id);
create index pledges_case on pledges (province_id, case_id);
create index pledges_person on pledges (province_id, person_id);
create index pledges_product on pledges (province_id, product_id);
create index pledges_order on pledges (province_id, order_id);

alter table orders add column request_id uuid;
create index orders_request on orders (province_id, request_id);
alter table orders add constraint orders_request_known
  foreign key (province_id, request_id) references requests (province_id, id);
alter table requests
  add constraint requests_occupation_known foreign key (occupation_id) references occupations (id);
alter table pledges
  add constraint pledges_request_known
    foreign key (province_id, request_id) references requests (province_id, id),
  add constraint pledges_stall_known
    foreign key (province_id, stall_id) references stalls (province_id, id),
  add constraint pledges_case_known foreign key (province_id, case_id) references cases (province_id, id),
  add constraint pledges_person_known
    foreign key (province_id, person_id) references people (province_id, id),
  add constraint pledges_product_known
    foreign key (province_id, product_id) references products (province_id, id),
  add constraint pledges_order_known
    foreign key (province_id, order_id) references orders (province_id, id);

-- Buyers of any province and makers act in a transaction of the whole province and are held to their own by the
-- rules; the country sees requests for one door: a buyer's own list, wherever they asked.
grant select, insert on requests, pledges to karkhaneh_province;
grant update (state, state_at, pledged, ordered) on requests to karkhaneh_province;
grant update (state, order_id) on pledges to karkhaneh_province;
grant select on requests to karkhaneh_country;

alter table requests enable row level security;
create policy requests_country on requests for select to karkhaneh_country using (true);
create policy requests_province on requests to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
alter table pledges enable row level security;
create policy pledges_province on pledges to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
