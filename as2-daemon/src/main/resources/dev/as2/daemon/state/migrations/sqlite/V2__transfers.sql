-- The queue and the history: a file is in the queue until it has ended, and history from then on.
-- Times are milliseconds since 1970. headers, seal, tried and answer are encrypted.
create table transfer_file (
  sequence         integer primary key autoincrement,
  transfer_id      text    not null,
  number           integer not null,
  connector_id     text    not null,
  file_path        text    not null,
  message_id       text    not null,
  resend_of        text,
  resend_of_number integer,
  requester        text    not null,
  status           text    not null,
  failure_code     text,
  failure_message  text,
  accepted         integer not null,
  started          integer,
  ended            integer,
  attempts         integer not null,
  cancelling       integer not null,
  outcome          text,
  owner            text,
  headers          blob,
  seal             blob,
  tried            blob,
  answer           blob,
  unique (transfer_id, number)
);
create index transfer_file_queued on transfer_file (connector_id, cancelling desc, sequence)
  where status = 'QUEUED';
create index transfer_file_in_progress on transfer_file (connector_id) where status = 'IN_PROGRESS';
create index transfer_file_connector on transfer_file (connector_id, sequence);
create index transfer_file_status on transfer_file (status, sequence);
create index transfer_file_ended on transfer_file (ended) where ended is not null;

-- Events that are still to be delivered.
create table event (
  sequence integer primary key autoincrement,
  id       text not null unique,
  envelope text not null
);

-- What watched folders held: the version of each file since when, when it was accepted, and since
-- when it is gone.
create table watched (
  watch   text   not null,
  path    text   not null,
  version text   not null,
  since   integer not null,
  sent    integer,
  gone    integer,
  primary key (watch, path)
);

-- db-scheduler's table, as its documentation has it.
create table scheduled_tasks (
  task_name            text    not null,
  task_instance        text    not null,
  task_data            blob,
  execution_time       integer not null,
  picked               integer not null,
  picked_by            text,
  last_success         integer,
  last_failure         integer,
  consecutive_failures integer,
  last_heartbeat       integer,
  version              integer not null,
  priority             integer,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
