-- The version of the file that was accepted, where no other may be sent in its place.
alter table transfer_file add column version text;
