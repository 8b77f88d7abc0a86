-- A message that its partner took rests until this moment, or until its asynchronous MDN comes: it
-- is IN_PROGRESS, and nobody's. 0 is at once.
alter table transfer_file add column rests_until integer;
create index transfer_file_rests on transfer_file (connector_id, rests_until)
  where rests_until is not null;
drop index transfer_file_in_progress;
create index transfer_file_in_progress on transfer_file (connector_id)
  where status = 'IN_PROGRESS' and rests_until is null;
