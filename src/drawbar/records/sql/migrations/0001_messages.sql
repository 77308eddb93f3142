-- Messages: the bytes that came in and went out, kept as they were for ever.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows are kept as they were written', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE messages (
  message_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_ref  text NOT NULL UNIQUE,
  direction    text NOT NULL CHECK (direction IN ('in', 'out')),
  channel      text NOT NULL,
  sender       text NOT NULL,
  key          text NOT NULL,
  content_type text NOT NULL,
  body         bytea NOT NULL,
  sha256       bytea NOT NULL,
  learned_at   timestamptz NOT NULL,
  delivery_id  bigint,              -- what was sent, or the answer to it
  edited_from  text REFERENCES messages (message_ref),
  author       text NOT NULL DEFAULT '',
  reason       text NOT NULL DEFAULT '',
  -- what became of it; the columns below may change
  outcome      text NOT NULL CHECK (outcome IN
                 ('applied', 'dead', 'conflicting', 'edited', 'sent')),
  times        integer NOT NULL DEFAULT 1,
  last_at      timestamptz NOT NULL,
  facts        integer NOT NULL DEFAULT 0,
  problems     jsonb NOT NULL DEFAULT '[]',
  error        text NOT NULL DEFAULT ''
);
CREATE INDEX messages_by_key ON messages (channel, sender, key);
CREATE INDEX messages_of_delivery ON messages (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX messages_in_trouble ON messages (message_id)
  WHERE outcome IN ('dead', 'conflicting') OR problems <> '[]';
CREATE INDEX messages_edited ON messages (edited_from) WHERE edited_from IS NOT NULL;

-- Within channel, sender and key the same message is the same. The row is the lock and the dedupe.
CREATE TABLE message_keys (
  channel text NOT NULL,
  sender  text NOT NULL,
  key     text NOT NULL,
  PRIMARY KEY (channel, sender, key)
);

CREATE FUNCTION keep_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.message_ref, NEW.direction, NEW.channel, NEW.sender, NEW.key, NEW.content_type, NEW.body,
      NEW.sha256, NEW.learned_at, NEW.delivery_id, NEW.edited_from, NEW.author, NEW.reason)
     IS DISTINCT FROM
     (OLD.message_ref, OLD.direction, OLD.channel, OLD.sender, OLD.key, OLD.content_type, OLD.body,
      OLD.sha256, OLD.learned_at, OLD.delivery_id, OLD.edited_from, OLD.author, OLD.reason)
  THEN
    RAISE EXCEPTION 'message % is kept as it came; an edit is a new version', OLD.message_ref
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER kept_as_it_came BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION keep_message();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON messages
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How far each flow of each system has been read; moves in the transaction of what was read.
CREATE TABLE cursors (
  system   text NOT NULL,
  flow     text NOT NULL,
  position text NOT NULL,
  read_at  timestamptz NOT NULL,
  PRIMARY KEY (system, flow)
);
