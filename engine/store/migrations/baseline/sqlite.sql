-- The record's first form on SQLite. One statement a paragraph.

CREATE TABLE code_counter (
  agency_code VARCHAR(40) NOT NULL,
  day_on VARCHAR(10) NOT NULL,
  last_number INTEGER NOT NULL,
  CONSTRAINT pk_code_counter PRIMARY KEY (agency_code, day_on)
)

CREATE TABLE connector_circuit (
  kind VARCHAR(40) NOT NULL,
  failures INTEGER NOT NULL,
  open_until VARCHAR(27),
  reason VARCHAR(200),
  changed_at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_connector_circuit PRIMARY KEY (kind)
)

CREATE TABLE event (
  chain VARCHAR(26) NOT NULL,
  number INTEGER NOT NULL,
  at VARCHAR(27) NOT NULL,
  actor_kind VARCHAR(10) NOT NULL CONSTRAINT ck_event_actor_kind CHECK (actor_kind IN ('citizen', 'staff', 'system')),
  actor_id VARCHAR(26),
  actor_name VARCHAR(200) NOT NULL,
  kind VARCHAR(60) NOT NULL,
  data JSON NOT NULL,
  public INTEGER DEFAULT '0' NOT NULL,
  salt VARCHAR(32),
  body VARCHAR(64),
  hash VARCHAR(64) NOT NULL,
  cleared_at VARCHAR(27),
  CONSTRAINT pk_event PRIMARY KEY (chain, number, at)
)

CREATE TABLE event_head (
  chain VARCHAR(26) NOT NULL,
  number INTEGER NOT NULL,
  hash VARCHAR(64) NOT NULL,
  began_at VARCHAR(27) NOT NULL,
  last_at VARCHAR(27) NOT NULL,
  cleared_to INTEGER,
  CONSTRAINT pk_event_head PRIMARY KEY (chain)
)

CREATE TABLE person (
  id VARCHAR(26) NOT NULL,
  provider VARCHAR(40) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  kind VARCHAR(12) NOT NULL CONSTRAINT ck_person_kind CHECK (kind IN ('organisation', 'person')),
  national_id VARCHAR(12),
  tax_code VARCHAR(14),
  full_name VARCHAR(200) NOT NULL,
  organisation_name VARCHAR(300),
  birth_on VARCHAR(10),
  sex VARCHAR(10),
  phone VARCHAR(20),
  email VARCHAR(254),
  address VARCHAR(500),
  assurance_level INTEGER DEFAULT '1' NOT NULL,
  language VARCHAR(2) DEFAULT 'vi' NOT NULL CONSTRAINT ck_person_language CHECK (language IN ('en', 'vi')),
  created_at VARCHAR(27) NOT NULL,
  seen_at VARCHAR(27) NOT NULL,
  sample BOOLEAN DEFAULT 0 NOT NULL,
  CONSTRAINT pk_person PRIMARY KEY (id),
  CONSTRAINT uq_person_provider_subject UNIQUE (provider, subject)
)

CREATE TABLE poll (
  id VARCHAR(26) NOT NULL,
  question_vi VARCHAR(500) NOT NULL,
  question_en VARCHAR(500) NOT NULL,
  opens_at VARCHAR(27) NOT NULL,
  closes_at VARCHAR(27),
  sample BOOLEAN DEFAULT 0 NOT NULL,
  CONSTRAINT pk_poll PRIMARY KEY (id)
)

CREATE TABLE procedure_version (
  id VARCHAR(26) NOT NULL,
  code VARCHAR(20) NOT NULL,
  number INTEGER NOT NULL,
  content_hash VARCHAR(64) NOT NULL,
  state VARCHAR(12) NOT NULL CONSTRAINT ck_procedure_version_state CHECK (state IN ('draft', 'published', 'retired')),
  valid_from VARCHAR(10),
  valid_to VARCHAR(10),
  name_vi VARCHAR(500) NOT NULL,
  name_en VARCHAR(500) NOT NULL,
  sector_vi VARCHAR(200) NOT NULL,
  sector_en VARCHAR(200) NOT NULL,
  search_text TEXT NOT NULL,
  files JSON NOT NULL,
  published_at VARCHAR(27),
  CONSTRAINT pk_procedure_version PRIMARY KEY (id),
  CONSTRAINT uq_procedure_version_code_number UNIQUE (code, number)
)

CREATE INDEX ix_procedure_version_state ON procedure_version (state, code)

CREATE TABLE sign_in_attempt (
  id VARCHAR(26) NOT NULL,
  state_hash BLOB NOT NULL,
  provider VARCHAR(40) NOT NULL,
  nonce VARCHAR(64) NOT NULL,
  code_verifier VARCHAR(128) NOT NULL,
  browser_hash BLOB NOT NULL,
  return_to VARCHAR(500) DEFAULT '/' NOT NULL,
  created_at VARCHAR(27) NOT NULL,
  used_at VARCHAR(27),
  CONSTRAINT pk_sign_in_attempt PRIMARY KEY (id),
  CONSTRAINT uq_sign_in_attempt_state_hash UNIQUE (state_hash)
)

CREATE INDEX ix_sign_in_attempt_created_at ON sign_in_attempt (created_at)

CREATE TABLE kept_form (
  id VARCHAR(26) NOT NULL,
  key_hash BLOB NOT NULL,
  whose VARCHAR(32) DEFAULT '' NOT NULL,
  endpoint VARCHAR(80) NOT NULL,
  sealed TEXT NOT NULL,
  kept_at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_kept_form PRIMARY KEY (id),
  CONSTRAINT uq_kept_form_key_hash UNIQUE (key_hash)
)

CREATE INDEX ix_kept_form_kept_at ON kept_form (kept_at)

CREATE TABLE sign_in_throttle (
  subject VARCHAR(120) NOT NULL,
  failures INTEGER NOT NULL,
  last_at VARCHAR(27) NOT NULL,
  closed_until VARCHAR(27),
  CONSTRAINT pk_sign_in_throttle PRIMARY KEY (subject)
)

CREATE INDEX ix_sign_in_throttle_last_at ON sign_in_throttle (last_at)

CREATE TABLE unit (
  id VARCHAR(26) NOT NULL,
  code VARCHAR(40) NOT NULL,
  name_vi VARCHAR(300) NOT NULL,
  name_en VARCHAR(300) NOT NULL,
  kind VARCHAR(20) NOT NULL CONSTRAINT ck_unit_kind CHECK (kind IN ('commune', 'department', 'division', 'one_stop')),
  agency_code VARCHAR(40) NOT NULL,
  valid_from VARCHAR(10),
  valid_to VARCHAR(10),
  successor_id VARCHAR(26),
  sample BOOLEAN DEFAULT 0 NOT NULL,
  CONSTRAINT pk_unit PRIMARY KEY (id),
  CONSTRAINT uq_unit_code UNIQUE (code),
  CONSTRAINT fk_unit_successor_id FOREIGN KEY(successor_id) REFERENCES unit (id)
)

CREATE TABLE visit_day (
  day_on VARCHAR(10) NOT NULL,
  visits INTEGER NOT NULL,
  CONSTRAINT pk_visit_day PRIMARY KEY (day_on)
)

CREATE TABLE article (
  id VARCHAR(26) NOT NULL,
  slug VARCHAR(120) NOT NULL,
  kind VARCHAR(10) NOT NULL CONSTRAINT ck_article_kind CHECK (kind IN ('guide', 'news')),
  title_vi VARCHAR(300) NOT NULL,
  title_en VARCHAR(300) NOT NULL,
  summary_vi TEXT NOT NULL,
  summary_en TEXT NOT NULL,
  body_vi TEXT NOT NULL,
  body_en TEXT NOT NULL,
  unit_id VARCHAR(26),
  published_at VARCHAR(27) NOT NULL,
  sample BOOLEAN DEFAULT 0 NOT NULL,
  CONSTRAINT pk_article PRIMARY KEY (id),
  CONSTRAINT uq_article_slug UNIQUE (slug),
  CONSTRAINT fk_article_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE INDEX ix_article_kind_published ON article (kind, published_at)

CREATE TABLE migration_run (
  id VARCHAR(26) NOT NULL,
  procedure_code VARCHAR(20) NOT NULL,
  target_id VARCHAR(26) NOT NULL,
  mapping JSON NOT NULL,
  selection JSON NOT NULL,
  ground TEXT NOT NULL,
  actor_kind VARCHAR(10) NOT NULL CONSTRAINT ck_migration_run_actor_kind CHECK (actor_kind IN ('citizen', 'staff', 'system')),
  actor_id VARCHAR(26),
  actor_name VARCHAR(200) NOT NULL,
  canary INTEGER NOT NULL,
  criterion VARCHAR(12) NOT NULL CONSTRAINT ck_migration_run_criterion CHECK (criterion IN ('all_moved', 'ask', 'no_incident')),
  watch_minutes INTEGER NOT NULL,
  state VARCHAR(12) NOT NULL CONSTRAINT ck_migration_run_state CHECK (state IN ('canary', 'done', 'moving', 'reverting', 'stopped', 'waiting', 'watching')),
  note_vi TEXT DEFAULT '' NOT NULL,
  note_en TEXT DEFAULT '' NOT NULL,
  asked_back JSON,
  due_at VARCHAR(27) NOT NULL,
  created_at VARCHAR(27) NOT NULL,
  ended_at VARCHAR(27),
  CONSTRAINT pk_migration_run PRIMARY KEY (id),
  CONSTRAINT fk_migration_run_target_id FOREIGN KEY(target_id) REFERENCES procedure_version (id)
)

CREATE INDEX ix_migration_run_due ON migration_run (due_at) WHERE state IN ('canary', 'moving', 'reverting', 'watching')

CREATE INDEX ix_migration_run_procedure_code ON migration_run (procedure_code)

CREATE TABLE poll_option (
  id VARCHAR(26) NOT NULL,
  poll_id VARCHAR(26) NOT NULL,
  position INTEGER NOT NULL,
  label_vi VARCHAR(300) NOT NULL,
  label_en VARCHAR(300) NOT NULL,
  CONSTRAINT pk_poll_option PRIMARY KEY (id),
  CONSTRAINT fk_poll_option_poll_id FOREIGN KEY(poll_id) REFERENCES poll (id)
)

CREATE INDEX ix_poll_option_poll_id ON poll_option (poll_id)

CREATE TABLE staff (
  id VARCHAR(26) NOT NULL,
  username VARCHAR(60) NOT NULL,
  full_name VARCHAR(200) NOT NULL,
  password_hash VARCHAR(200) NOT NULL,
  totp_secret VARCHAR(64),
  totp_sealed VARCHAR(200),
  totp_last_step INTEGER,
  roles JSON NOT NULL,
  unit_id VARCHAR(26) NOT NULL,
  active BOOLEAN NOT NULL,
  must_change_password BOOLEAN DEFAULT 0 NOT NULL,
  language VARCHAR(2) DEFAULT 'vi' NOT NULL CONSTRAINT ck_staff_language CHECK (language IN ('en', 'vi')),
  created_at VARCHAR(27) NOT NULL,
  sample BOOLEAN DEFAULT 0 NOT NULL,
  CONSTRAINT pk_staff PRIMARY KEY (id),
  CONSTRAINT uq_staff_username UNIQUE (username),
  CONSTRAINT fk_staff_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)

CREATE TABLE dossier (
  id VARCHAR(26) NOT NULL,
  code VARCHAR(60),
  procedure_version_id VARCHAR(26) NOT NULL,
  procedure_code VARCHAR(20) NOT NULL,
  person_id VARCHAR(26),
  filed_by_staff_id VARCHAR(26),
  unit_id VARCHAR(26) NOT NULL,
  state VARCHAR(24) NOT NULL CONSTRAINT ck_dossier_state CHECK (state IN ('accepted', 'delivered', 'delivering', 'draft', 'issued', 'processing', 'refused', 'result_ready', 'stopped', 'submitted', 'supplement_asked', 'waiting_citizen', 'waiting_payment', 'waiting_signature', 'withdrawal_asked', 'withdrawn')),
  status INTEGER NOT NULL CONSTRAINT ck_dossier_status CHECK (status IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
  channel VARCHAR(16) NOT NULL CONSTRAINT ck_dossier_channel CHECK (channel IN ('assisted_online', 'counter', 'online', 'post')),
  applicant JSON NOT NULL,
  owner JSON NOT NULL,
  owner_is_applicant INTEGER DEFAULT '0' NOT NULL,
  form JSON NOT NULL,
  delivery JSON NOT NULL,
  draft_step VARCHAR(20) DEFAULT 'applicant' NOT NULL CONSTRAINT ck_dossier_draft_step CHECK (draft_step IN ('applicant', 'declaration', 'delivery', 'owner', 'papers', 'review')),
  version INTEGER NOT NULL,
  submit_key VARCHAR(64),
  created_at VARCHAR(27) NOT NULL,
  updated_at VARCHAR(27) NOT NULL,
  submitted_at VARCHAR(27),
  accepted_at VARCHAR(27),
  due_at VARCHAR(27),
  deadline_trace JSON,
  finished_at VARCHAR(27),
  delivered_at VARCHAR(27),
  hold_reason TEXT,
  content_cleared_at VARCHAR(27),
  files_cleared_at VARCHAR(27),
  documents_cleared_at VARCHAR(27),
  notices_cleared_at VARCHAR(27),
  CONSTRAINT pk_dossier PRIMARY KEY (id),
  CONSTRAINT uq_dossier_code UNIQUE (code),
  CONSTRAINT fk_dossier_procedure_version_id FOREIGN KEY(procedure_version_id) REFERENCES procedure_version (id),
  CONSTRAINT fk_dossier_person_id FOREIGN KEY(person_id) REFERENCES person (id),
  CONSTRAINT fk_dossier_filed_by_staff_id FOREIGN KEY(filed_by_staff_id) REFERENCES staff (id),
  CONSTRAINT fk_dossier_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
  CONSTRAINT uq_dossier_submit_key UNIQUE (submit_key)
)

CREATE INDEX ix_dossier_keep_content ON dossier (procedure_code, finished_at) WHERE finished_at IS NOT NULL AND hold_reason IS NULL AND content_cleared_at IS NULL

CREATE INDEX ix_dossier_keep_documents ON dossier (procedure_code, finished_at) WHERE finished_at IS NOT NULL AND hold_reason IS NULL AND documents_cleared_at IS NULL

CREATE INDEX ix_dossier_keep_files ON dossier (procedure_code, finished_at) WHERE finished_at IS NOT NULL AND hold_reason IS NULL AND files_cleared_at IS NULL

CREATE INDEX ix_dossier_keep_notices ON dossier (procedure_code, finished_at) WHERE finished_at IS NOT NULL AND hold_reason IS NULL AND notices_cleared_at IS NULL

CREATE INDEX ix_dossier_person_updated ON dossier (person_id, updated_at)

CREATE INDEX ix_dossier_unit_status ON dossier (unit_id, status)

CREATE INDEX ix_dossier_submitted ON dossier (submitted_at, id)

CREATE INDEX ix_dossier_unit_submitted ON dossier (unit_id, submitted_at, id)

CREATE INDEX ix_dossier_unsent ON dossier (updated_at) WHERE submitted_at IS NULL AND hold_reason IS NULL AND content_cleared_at IS NULL

CREATE TABLE poll_vote (
  id VARCHAR(26) NOT NULL,
  poll_id VARCHAR(26) NOT NULL,
  option_id VARCHAR(26) NOT NULL,
  voter_hash VARCHAR(64) NOT NULL,
  voted_at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_poll_vote PRIMARY KEY (id),
  CONSTRAINT uq_poll_vote_poll_id_voter_hash UNIQUE (poll_id, voter_hash),
  CONSTRAINT fk_poll_vote_poll_id FOREIGN KEY(poll_id) REFERENCES poll (id),
  CONSTRAINT fk_poll_vote_option_id FOREIGN KEY(option_id) REFERENCES poll_option (id)
)

CREATE TABLE session (
  id VARCHAR(26) NOT NULL,
  token_hash BLOB NOT NULL,
  kind VARCHAR(10) NOT NULL CONSTRAINT ck_session_kind CHECK (kind IN ('citizen', 'staff')),
  person_id VARCHAR(26),
  staff_id VARCHAR(26),
  device VARCHAR(200) DEFAULT '' NOT NULL,
  created_at VARCHAR(27) NOT NULL,
  seen_at VARCHAR(27) NOT NULL,
  expires_at VARCHAR(27) NOT NULL,
  ended_at VARCHAR(27),
  CONSTRAINT pk_session PRIMARY KEY (id),
  CONSTRAINT uq_session_token_hash UNIQUE (token_hash),
  CONSTRAINT fk_session_person_id FOREIGN KEY(person_id) REFERENCES person (id),
  CONSTRAINT fk_session_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)

CREATE INDEX ix_session_expires_at ON session (expires_at)

CREATE INDEX ix_session_person ON session (person_id)

CREATE INDEX ix_session_staff ON session (staff_id)

CREATE TABLE document (
  id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  number VARCHAR(60),
  title_vi VARCHAR(300) NOT NULL,
  title_en VARCHAR(300) NOT NULL,
  content_type VARCHAR(100) NOT NULL,
  content BLOB NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  issued_at VARCHAR(27) NOT NULL,
  voided_at VARCHAR(27),
  CONSTRAINT pk_document PRIMARY KEY (id),
  CONSTRAINT uq_document_dossier_id_kind_number UNIQUE (dossier_id, kind, number),
  CONSTRAINT fk_document_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id)
)

CREATE INDEX ix_document_dossier_id ON document (dossier_id)

CREATE TABLE dossier_word (
  word VARCHAR(60) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  CONSTRAINT pk_dossier_word PRIMARY KEY (word, dossier_id),
  CONSTRAINT fk_dossier_word_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id)
)

CREATE INDEX ix_dossier_word_dossier_id ON dossier_word (dossier_id)

CREATE TABLE dossier_file (
  id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  component_code VARCHAR(60) NOT NULL,
  file_name VARCHAR(255) NOT NULL,
  content_type VARCHAR(100) NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  storage_key VARCHAR(200) NOT NULL,
  state VARCHAR(12) NOT NULL CONSTRAINT ck_dossier_file_state CHECK (state IN ('attached', 'rejected', 'removed', 'replaced')),
  reject_reason TEXT,
  attached_at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_dossier_file PRIMARY KEY (id),
  CONSTRAINT fk_dossier_file_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id)
)

CREATE INDEX ix_dossier_file_dossier_id ON dossier_file (dossier_id)

CREATE INDEX ix_dossier_file_removed ON dossier_file (id) WHERE state = 'removed' AND storage_key <> ''

CREATE INDEX ix_dossier_file_storage_key ON dossier_file (storage_key)

CREATE TABLE fee_payment (
  id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  state VARCHAR(10) NOT NULL CONSTRAINT ck_fee_payment_state CHECK (state IN ('failed', 'paid', 'pending', 'refunded', 'voided', 'waived')),
  amount_vnd BIGINT NOT NULL CONSTRAINT ck_fee_payment_amount CHECK (amount_vnd >= 0),
  method VARCHAR(20) CONSTRAINT ck_fee_payment_method CHECK (method IN ('cash', 'cod', 'transfer')),
  receipt_number VARCHAR(60),
  reference VARCHAR(100),
  reason TEXT,
  collected_by VARCHAR(200) NOT NULL,
  collected_at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_fee_payment PRIMARY KEY (id),
  CONSTRAINT ck_fee_payment_receipt CHECK (NOT state IN ('paid', 'refunded') OR (method IS NOT NULL AND receipt_number IS NOT NULL)),
  CONSTRAINT fk_fee_payment_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id),
  CONSTRAINT uq_fee_payment_receipt_number UNIQUE (receipt_number)
)

CREATE INDEX ix_fee_payment_dossier_id ON fee_payment (dossier_id)

CREATE TABLE fee_quote (
  id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  total_vnd BIGINT NOT NULL,
  quote JSON NOT NULL,
  schedule_hash VARCHAR(64) NOT NULL,
  quoted_at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_fee_quote PRIMARY KEY (id),
  CONSTRAINT fk_fee_quote_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id)
)

CREATE INDEX ix_fee_quote_dossier_id ON fee_quote (dossier_id)

CREATE TABLE inbound_message (
  id VARCHAR(26) NOT NULL,
  source VARCHAR(40) NOT NULL,
  nonce VARCHAR(64) NOT NULL,
  name VARCHAR(80) NOT NULL,
  "key" VARCHAR(120) NOT NULL,
  payload JSON NOT NULL,
  dossier_id VARCHAR(26),
  state VARCHAR(10) NOT NULL CONSTRAINT ck_inbound_message_state CHECK (state IN ('late', 'taken', 'unclaimed', 'waiting')),
  received_at VARCHAR(27) NOT NULL,
  taken_at VARCHAR(27),
  CONSTRAINT pk_inbound_message PRIMARY KEY (id),
  CONSTRAINT uq_inbound_message_source_nonce UNIQUE (source, nonce),
  CONSTRAINT fk_inbound_message_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id)
)

CREATE INDEX ix_inbound_message_dossier_id ON inbound_message (dossier_id)

CREATE TABLE notice (
  id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  person_id VARCHAR(26),
  kind VARCHAR(40) NOT NULL,
  text_vi TEXT NOT NULL,
  text_en TEXT NOT NULL,
  at VARCHAR(27) NOT NULL,
  read_at VARCHAR(27),
  CONSTRAINT pk_notice PRIMARY KEY (id),
  CONSTRAINT fk_notice_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id),
  CONSTRAINT fk_notice_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)

CREATE INDEX ix_notice_dossier_id ON notice (dossier_id)

CREATE INDEX ix_notice_person_id ON notice (person_id)

CREATE TABLE process_instance (
  id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  procedure_version_id VARCHAR(26) NOT NULL,
  spec_hash VARCHAR(64) NOT NULL,
  snapshot BLOB NOT NULL,
  variables JSON NOT NULL,
  state VARCHAR(12) NOT NULL CONSTRAINT ck_process_instance_state CHECK (state IN ('cancelled', 'ended', 'running')),
  end_kind VARCHAR(12) CONSTRAINT ck_process_instance_end_kind CHECK (end_kind IN ('cancelled', 'completed', 'error', 'terminated')),
  version INTEGER NOT NULL,
  started_at VARCHAR(27) NOT NULL,
  ended_at VARCHAR(27),
  CONSTRAINT pk_process_instance PRIMARY KEY (id),
  CONSTRAINT uq_process_instance_dossier_id UNIQUE (dossier_id),
  CONSTRAINT fk_process_instance_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id),
  CONSTRAINT fk_process_instance_procedure_version_id FOREIGN KEY(procedure_version_id) REFERENCES procedure_version (id)
)

CREATE TABLE supplement_request (
  id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  reason TEXT NOT NULL,
  components JSON NOT NULL,
  fields JSON NOT NULL,
  answer_by VARCHAR(10),
  asked_by VARCHAR(200) NOT NULL,
  asked_at VARCHAR(27) NOT NULL,
  answered_at VARCHAR(27),
  answer_note TEXT,
  changes JSON,
  CONSTRAINT pk_supplement_request PRIMARY KEY (id),
  CONSTRAINT fk_supplement_request_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id)
)

CREATE INDEX ix_supplement_request_dossier_id ON supplement_request (dossier_id)

CREATE TABLE connector_job (
  id VARCHAR(26) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  "key" VARCHAR(120) NOT NULL,
  payload JSON NOT NULL,
  dossier_id VARCHAR(26),
  instance_id VARCHAR(26),
  token VARCHAR(80),
  state VARCHAR(10) NOT NULL CONSTRAINT ck_connector_job_state CHECK (state IN ('cancelled', 'claimed', 'done', 'failed', 'held', 'pending', 'unknown')),
  attempts INTEGER NOT NULL,
  due_at VARCHAR(27) NOT NULL,
  called_at VARCHAR(27),
  owner VARCHAR(80),
  result JSON,
  error TEXT,
  created_at VARCHAR(27) NOT NULL,
  finished_at VARCHAR(27),
  emptied_at VARCHAR(27),
  CONSTRAINT pk_connector_job PRIMARY KEY (id),
  CONSTRAINT uq_connector_job_key UNIQUE ("key"),
  CONSTRAINT fk_connector_job_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id),
  CONSTRAINT fk_connector_job_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id)
)

CREATE INDEX ix_connector_job_dossier_id ON connector_job (dossier_id)

CREATE INDEX ix_connector_job_due ON connector_job (due_at) WHERE state IN ('claimed', 'pending')

CREATE INDEX ix_connector_job_failed ON connector_job (dossier_id) WHERE state IN ('failed', 'unknown')

CREATE INDEX ix_connector_job_full ON connector_job (finished_at) WHERE state IN ('cancelled', 'done') AND emptied_at IS NULL

CREATE TABLE migration_move (
  run_id VARCHAR(26) NOT NULL,
  instance_id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  from_id VARCHAR(26) NOT NULL,
  canary INTEGER NOT NULL,
  state VARCHAR(10) NOT NULL CONSTRAINT ck_migration_move_state CHECK (state IN ('moved', 'planned', 'refused', 'reverted', 'reverting')),
  reason VARCHAR(200) DEFAULT '' NOT NULL,
  reasons JSON,
  moved_version INTEGER,
  snapshot BLOB,
  restore JSON,
  at VARCHAR(27),
  CONSTRAINT pk_migration_move PRIMARY KEY (run_id, instance_id),
  CONSTRAINT fk_migration_move_run_id FOREIGN KEY(run_id) REFERENCES migration_run (id),
  CONSTRAINT fk_migration_move_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id),
  CONSTRAINT fk_migration_move_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id),
  CONSTRAINT fk_migration_move_from_id FOREIGN KEY(from_id) REFERENCES procedure_version (id)
)

CREATE INDEX ix_migration_move_instance_id ON migration_move (instance_id)

CREATE INDEX ix_migration_move_state ON migration_move (run_id, state, instance_id)

CREATE TABLE task (
  id VARCHAR(26) NOT NULL,
  instance_id VARCHAR(26) NOT NULL,
  dossier_id VARCHAR(26) NOT NULL,
  token VARCHAR(80) NOT NULL,
  element_id VARCHAR(120) NOT NULL,
  name_vi VARCHAR(300) NOT NULL,
  name_en VARCHAR(300) NOT NULL,
  audience VARCHAR(10) NOT NULL CONSTRAINT ck_task_audience CHECK (audience IN ('applicant', 'staff')),
  role VARCHAR(40) NOT NULL,
  unit_id VARCHAR(26) NOT NULL,
  state VARCHAR(10) NOT NULL CONSTRAINT ck_task_state CHECK (state IN ('cancelled', 'completed', 'open')),
  assignee_id VARCHAR(26),
  claimed_at VARCHAR(27),
  opened_at VARCHAR(27) NOT NULL,
  due_at VARCHAR(27),
  sort_at VARCHAR(27) NOT NULL,
  completed_at VARCHAR(27),
  completed_by VARCHAR(200),
  outputs JSON,
  draft JSON,
  CONSTRAINT pk_task PRIMARY KEY (id),
  CONSTRAINT uq_task_instance_id_token UNIQUE (instance_id, token),
  CONSTRAINT fk_task_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id),
  CONSTRAINT fk_task_dossier_id FOREIGN KEY(dossier_id) REFERENCES dossier (id),
  CONSTRAINT fk_task_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
  CONSTRAINT fk_task_assignee_id FOREIGN KEY(assignee_id) REFERENCES staff (id)
)

CREATE INDEX ix_task_dossier_id ON task (dossier_id)

CREATE INDEX ix_task_instance_id ON task (instance_id)

CREATE INDEX ix_task_mine ON task (assignee_id, sort_at, id) WHERE state = 'open'

CREATE INDEX ix_task_queue ON task (unit_id, role, sort_at, id) WHERE state = 'open'

CREATE TABLE timer (
  id VARCHAR(26) NOT NULL,
  instance_id VARCHAR(26) NOT NULL,
  token VARCHAR(80) NOT NULL,
  element_id VARCHAR(120) NOT NULL,
  due_at VARCHAR(27) NOT NULL,
  state VARCHAR(10) NOT NULL CONSTRAINT ck_timer_state CHECK (state IN ('cancelled', 'fired', 'waiting')),
  CONSTRAINT pk_timer PRIMARY KEY (id),
  CONSTRAINT uq_timer_instance_id_token UNIQUE (instance_id, token),
  CONSTRAINT fk_timer_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id)
)

CREATE INDEX ix_timer_due ON timer (due_at) WHERE state = 'waiting'

CREATE INDEX ix_timer_instance_id ON timer (instance_id)

CREATE TABLE incident (
  id VARCHAR(26) NOT NULL,
  instance_id VARCHAR(26),
  job_id VARCHAR(26),
  element_id VARCHAR(120),
  token VARCHAR(80),
  code VARCHAR(40) NOT NULL,
  message_vi TEXT NOT NULL,
  message_en TEXT NOT NULL,
  state VARCHAR(10) NOT NULL CONSTRAINT ck_incident_state CHECK (state IN ('open', 'resolved')),
  opened_at VARCHAR(27) NOT NULL,
  resolved_at VARCHAR(27),
  resolution TEXT,
  CONSTRAINT pk_incident PRIMARY KEY (id),
  CONSTRAINT fk_incident_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id),
  CONSTRAINT fk_incident_job_id FOREIGN KEY(job_id) REFERENCES connector_job (id)
)

CREATE INDEX ix_incident_instance_id ON incident (instance_id)

CREATE TRIGGER event_count BEFORE INSERT ON event
WHEN NEW.number <> COALESCE((SELECT number FROM event_head WHERE chain = NEW.chain), 0) + 1
BEGIN
  SELECT RAISE(ABORT, 'Số này trong chuỗi nhật ký đã có người ghi / This number of the chain is taken');
END

CREATE TRIGGER event_counted AFTER INSERT ON event
BEGIN
  INSERT INTO event_head (chain, number, hash, began_at, last_at)
  VALUES (NEW.chain, NEW.number, NEW.hash, NEW.at, NEW.at)
  ON CONFLICT (chain) DO UPDATE SET number = excluded.number, hash = excluded.hash,
    began_at = min(began_at, excluded.began_at), last_at = max(last_at, excluded.last_at);
END

CREATE TRIGGER event_change BEFORE UPDATE ON event
WHEN NOT (OLD.cleared_at IS NULL AND NEW.cleared_at IS NOT NULL AND NEW.salt IS NULL AND NEW.data = '{}'
  AND NEW.chain = OLD.chain AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.actor_kind = OLD.actor_kind
  AND NEW.kind = OLD.kind AND NEW.public = OLD.public AND NEW.hash = OLD.hash AND NEW.body IS OLD.body
  AND CASE WHEN OLD.actor_kind = 'citizen' THEN NEW.actor_id IS NULL AND NEW.actor_name = ''
      ELSE NEW.actor_id IS OLD.actor_id AND NEW.actor_name = OLD.actor_name END
  AND EXISTS (SELECT 1 FROM event_head WHERE chain = OLD.chain AND cleared_to >= OLD.number))
BEGIN
  SELECT RAISE(ABORT, 'Nhật ký chỉ được ghi thêm, không được sửa hay xóa / The history is append only: no row may be changed or deleted (docs/operations.md, section 6)');
END

CREATE TRIGGER event_keep BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'Nhật ký chỉ được ghi thêm, không được sửa hay xóa / The history is append only: no row may be changed or deleted (docs/operations.md, section 6)'); END

CREATE TRIGGER event_head_change BEFORE UPDATE ON event_head
WHEN NEW.chain <> OLD.chain OR NEW.number < OLD.number OR (NEW.number = OLD.number AND NEW.hash <> OLD.hash)
BEGIN
  SELECT RAISE(ABORT, 'Nhật ký chỉ được ghi thêm, không được sửa hay xóa / The history is append only: no row may be changed or deleted (docs/operations.md, section 6)');
END

CREATE TRIGGER event_head_keep BEFORE DELETE ON event_head BEGIN SELECT RAISE(ABORT, 'Nhật ký chỉ được ghi thêm, không được sửa hay xóa / The history is append only: no row may be changed or deleted (docs/operations.md, section 6)'); END
