-- Reads the rows and stops nobody.
alter table case_openings validate constraint case_openings_what_known;
alter table bank_webhooks validate constraint bank_webhooks_one_secret;
