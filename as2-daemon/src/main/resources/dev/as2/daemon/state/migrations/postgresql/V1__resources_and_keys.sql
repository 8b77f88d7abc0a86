-- Times are milliseconds since 1970.

-- Connectors, profiles and certificates. A deleted one stays for a while without its content, so
-- that a listing that stopped at it can go on, and caches hear of it.
CREATE TABLE resource (
  position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  -- JSON: what AWS's Describe operation shows, and the tags by their names.
  members TEXT NOT NULL,
  tags TEXT NOT NULL,
  -- The registry's version that the last change made.
  changed BIGINT NOT NULL,
  deleted BIGINT,
  UNIQUE (kind, id)
);
CREATE INDEX resource_changed ON resource (changed);

-- One row: grows with each change of a resource.
CREATE TABLE registry (
  version BIGINT NOT NULL
);
INSERT INTO registry (version) VALUES (0);

-- PKCS #8, encrypted with the data key.
CREATE TABLE private_key (
  certificate_id TEXT PRIMARY KEY,
  sealed BYTEA NOT NULL
);

-- What all else is encrypted with, itself encrypted with the master key.
CREATE TABLE data_key (
  number INTEGER PRIMARY KEY,
  wrapped BYTEA NOT NULL
);

-- Those who may call the API; secrets are encrypted with the data key.
CREATE TABLE access_key (
  id TEXT PRIMARY KEY,
  sealed_secret BYTEA NOT NULL,
  enabled INTEGER NOT NULL,
  created BIGINT NOT NULL
);
