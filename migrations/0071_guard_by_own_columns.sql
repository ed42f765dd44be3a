-- Policies on own columns and settings of the transaction only. The keys are held for new rows at once and for
-- the old ones by 0072, which needs no lock that anybody would notice.
alter table visit_asks add constraint visit_asks_has_agency check (agency_id is not null) not valid;
alter table visit_asks add constraint visit_asks_has_bank check (bank_id is not null) not valid;
alter table product_photos add constraint product_photos_has_maker check (person_id is not null) not valid;
alter table stock_moves add constraint stock_moves_has_maker check (person_id is not null) not valid;
alter table order_lines add constraint order_lines_has_maker check (person_id is not null) not valid;
alter table market_transfers add constraint market_transfers_has_maker check (person_id is not null) not valid;

create index ceiling_revisions_agency on ceiling_revisions (agency_id) where agency_id is not null;
create index ceiling_revisions_bank on ceiling_revisions (bank_id) where bank_id is not null;
create index visit_asks_agency on visit_asks (agency_id);
create index visit_asks_bank on visit_asks (bank_id);
create index product_photos_maker on product_photos (province_id, product_id, person_id);
create index stock_moves_maker on stock_moves (province_id, product_id, person_id);
drop index stock_moves_product;
create index order_lines_maker on order_lines (province_id, order_id, person_id);
create index market_transfers_maker on market_transfers (province_id, stall_id, person_id);

alter table ceiling_revisions add constraint ceiling_revisions_agency_known
  foreign key (agency_id) references organisations (id) not valid;
alter table ceiling_revisions add constraint ceiling_revisions_bank_known
  foreign key (bank_id) references organisations (id) not valid;
alter table visit_asks add constraint visit_asks_agency_known
  foreign key (agency_id) references organisations (id) not valid;
alter table visit_asks add constraint visit_asks_bank_known
  foreign key (bank_id) references organisations (id) not valid;
alter table product_photos drop constraint product_photos_product_known;
alter table product_photos add constraint product_photos_product_known
  foreign key (province_id, product_id, person_id) references products (province_id, id, person_id) not valid;
alter table stock_moves drop constraint stock_moves_product_known;
alter table stock_moves add constraint stock_moves_product_known
  foreign key (province_id, product_id, person_id) references products (province_id, id, person_id) not valid;
alter table order_lines drop constraint order_lines_order_known;
alter table order_lines add constraint order_lines_order_known
  foreign key (province_id, order_id, person_id) references orders (province_id, id, person_id) not valid;
alter table market_transfers drop constraint market_transfers_stall_known;
alter table market_transfers add constraint market_transfers_stall_known
  foreign key (province_id, stall_id, person_id) references stalls (province_id, id, person_id) not valid;

-- What a permit said never changes; who may see it goes with its case.
grant update (bank_id, clearing_ids) on permit_versions
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
drop policy permit_versions_of_seen_case on permit_versions;
create policy permit_versions_organisation on permit_versions for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and (current_setting('app.organisation', true) in (agency_id, bank_id)
    or clearing_ids @> array[current_setting('app.organisation', true)]));
create policy permit_versions_person on permit_versions for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
create policy permit_versions_update on permit_versions for update
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

drop policy ceiling_revisions_of_seen_ceiling on ceiling_revisions;
create policy ceiling_revisions_organisation on ceiling_revisions for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));

drop policy visit_asks_organisation on visit_asks;
create policy visit_asks_organisation on visit_asks for select to karkhaneh_organisation using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and current_setting('app.organisation', true) in (agency_id, bank_id));

drop policy product_photos_of_own on product_photos;
create policy product_photos_person on product_photos to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

drop policy stock_moves_of_own on stock_moves;
create policy stock_moves_person on stock_moves to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

drop policy order_lines_maker on order_lines;
create policy order_lines_person on order_lines for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));

drop policy market_transfers_maker on market_transfers;
create policy market_transfers_person on market_transfers for select to karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and person_id::text = current_setting('app.person', true));
