-- Whom a row may be shown to stands on the row itself, because a policy that looks into another table cannot
-- go along to the node where the row lies. First the columns; 0070 fills them, 0071 makes them binding.
alter table permit_versions add column bank_id text, add column clearing_ids text[];
alter table ceiling_revisions add column agency_id text, add column bank_id text;
alter table visit_asks add column agency_id text, add column bank_id text;
alter table product_photos add column person_id uuid;
alter table stock_moves add column person_id uuid;
alter table order_lines add column person_id uuid;
alter table market_transfers add column person_id uuid;

-- The other end of the keys by which the last four cannot name another maker than their product, order or
-- stall has.
alter table stalls add constraint stalls_of_their_maker unique (province_id, id, person_id);
alter table products add constraint products_of_their_maker unique (province_id, id, person_id);
alter table orders add constraint orders_of_their_maker unique (province_id, id, person_id);
