-- expand
-- A supplier of the kind `supporter` says which supporter of the province it is; what that one is worth today is
-- read from its own rows. Empty on other kinds, and on those that were registered before it was asked.
alter table suppliers add column supporter_case_id uuid;
-- The column is new and empty: what older code writes leaves it so, and the key asks nothing of it.
alter table suppliers add constraint suppliers_supporter_known
  foreign key (province_id, supporter_case_id) references supporters (province_id, case_id) not valid;
