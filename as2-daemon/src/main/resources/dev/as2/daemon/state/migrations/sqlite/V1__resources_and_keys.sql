-- Times are milliseconds since 1970.

-- Connectors, profiles and certificates. A deleted one stays for a while without its content, so
-- that a listing that stopped at it can go on, and caches hear of it.
CREATE TABLE resource (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  -- JSON: what AWS's Describe operation shows, and the tags by their names.
  members TEXT NOT NULL,
  tags TEXT NOT NULL,
  -- The registry's version that the last change made.
  changed INTEGER NOT NULL,
  deleted INTEGER,
  UNIQUE (kind, id)
);
CREATE INDEX resource_changed ON resource (changed);

-- One row: grows with each change of a resource.
CREATE TABLE registry (
  version INTEGER NOT NULL
);
INSERT INTO registry (version) VALUES (0);

-- PKCS #8, encrypted with the data key.
CREATE TABLE private_key (
  certificate_id TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) WITHOUT ROWID;

-- What all else is encrypted with, itself encrypted with the master key.
CREATE TABLE data_key (
  number INTEGER PRIMARY KEY,
  wrapped BLOB NOT NULL
);

-- Those who may call the API; secrets are encrypted with the data key.
CREATE TABLE access_key (
  id TEXT PRIMARY KEY,
  sealed_secret BLOB NOT NULL,
  enabled INTEGER NOT NULL,
  created INTEGER NOT NULL
) WITHOUT ROWID;
