-- expand
-- What opens an inspector's phone is sealed with the house's keys, as what signs the news to banks is. Where it is,
-- `data_key` is thirty-two zeros: older code goes on to see there that the phone was not revoked. A later migration
-- takes that column away. Keys of before, and those that older code writes, are sealed by a job.
alter table field_devices add column sealed_key bytea;
grant update (sealed_key) on field_devices to karkhaneh_province;
