-- expand
-- Reads the rows and stops nobody.
alter table suppliers validate constraint suppliers_supporter_known;
