-- PostgreSQL reads no row for these: the checks have shown it already that none is empty.
alter table visit_asks alter column agency_id set not null;
alter table visit_asks alter column bank_id set not null;
alter table product_photos alter column person_id set not null;
alter table stock_moves alter column person_id set not null;
alter table order_lines alter column person_id set not null;
alter table market_transfers alter column person_id set not null;
alter table visit_asks drop constraint visit_asks_has_agency;
alter table visit_asks drop constraint visit_asks_has_bank;
alter table product_photos drop constraint product_photos_has_maker;
alter table stock_moves drop constraint stock_moves_has_maker;
alter table order_lines drop constraint order_lines_has_maker;
alter table market_transfers drop constraint market_transfers_has_maker;
