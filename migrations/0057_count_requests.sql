-- Requests that are limited by address, counted for all servers together. An address is of no province (0);
-- keys are hashes of route and address.
create table request_counts (
  province_id integer not null,
  key bytea not null,
  requests integer not null,
  began_at timestamptz not null,
  primary key (province_id, key)
);
create index request_counts_began on request_counts (province_id, began_at);
grant select, insert, update, delete on request_counts to karkhaneh_province;
alter table request_counts enable row level security;
create policy request_counts_province on request_counts to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
