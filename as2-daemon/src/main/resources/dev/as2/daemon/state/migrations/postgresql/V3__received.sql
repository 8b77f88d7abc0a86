-- Times are milliseconds since 1970.

-- What was answered to messages that were received, so that one that comes again gets the same. Of
-- those that were refused only the ones whose MDN is still to be posted.
create table received_message (
  sequence   bigint generated always as identity primary key,
  as2_from   text    not null,
  as2_to     text    not null,
  message_id text    not null,
  received   bigint  not null,
  accepted   integer not null,
  mic        text,
  mdn        bytea   not null,
  -- Where the MDN goes, whose delivery that is, and since when.
  deliver_to text,
  owner      text,
  claimed    bigint,
  unique (as2_from, as2_to, message_id)
);
create index received_message_received on received_message (received);
create index received_message_undelivered on received_message (received) where owner is not null;

-- What became of each message: history.
create table reception (
  sequence        bigint generated always as identity primary key,
  as2_from        text    not null,
  as2_to          text    not null,
  message_id      text    not null,
  agreement_id    text    not null,
  ended           bigint  not null,
  status          text    not null,
  failure_code    text,
  failure_message text,
  bytes           bigint  not null,
  -- NONE, SENT, PENDING or FAILED.
  mdn             text    not null,
  -- JSON: what events tell of it.
  detail          text    not null
);
create index reception_message on reception (as2_from, as2_to, message_id, sequence);
create index reception_ended on reception (ended);

-- Asynchronous MDNs of messages that were sent: headers, an empty line, the body. Of one
-- message there may be several, as anybody can post what looks like one.
create table async_mdn (
  sequence   bigint generated always as identity primary key,
  message_id text   not null,
  arrived    bigint not null,
  mdn        bytea not null
);
create index async_mdn_message on async_mdn (message_id, sequence);
create index async_mdn_arrived on async_mdn (arrived);
create index transfer_file_message on transfer_file (message_id);
