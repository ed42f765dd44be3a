-- The county that an order goes to, by number and no key, as its province: what is sent within a county goes
-- nowhere else. Empty on what was ordered before it was asked, and where nobody had to say it.
alter table orders add column to_county_id integer;
