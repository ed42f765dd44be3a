-- The old rows are held to what 0071 said of the new ones.
alter table visit_asks validate constraint visit_asks_has_agency;
alter table visit_asks validate constraint visit_asks_has_bank;
alter table product_photos validate constraint product_photos_has_maker;
alter table stock_moves validate constraint stock_moves_has_maker;
alter table order_lines validate constraint order_lines_has_maker;
alter table market_transfers validate constraint market_transfers_has_maker;
alter table ceiling_revisions validate constraint ceiling_revisions_agency_known;
alter table ceiling_revisions validate constraint ceiling_revisions_bank_known;
alter table visit_asks validate constraint visit_asks_agency_known;
alter table visit_asks validate constraint visit_asks_bank_known;
alter table product_photos validate constraint product_photos_product_known;
alter table stock_moves validate constraint stock_moves_product_known;
alter table order_lines validate constraint order_lines_order_known;
alter table market_transfers validate constraint market_transfers_stall_known;
