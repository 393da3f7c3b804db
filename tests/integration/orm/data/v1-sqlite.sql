CREATE TABLE IF NOT EXISTS "areas" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "code" VARCHAR(128) NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "parent" TEXT NULL,
  "valid_from" INTEGER NOT NULL,
  "valid_until" INTEGER NULL);
CREATE TABLE IF NOT EXISTS "persons" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "code" VARCHAR(128) NOT NULL,
  "relationship" TEXT NOT NULL,
  "area" TEXT NOT NULL);
INSERT INTO persons VALUES(1,10,NULL,1,1,'P1','TENANT','N1');
CREATE TABLE IF NOT EXISTS "memberships" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "person" VARCHAR(128) NOT NULL,
  "level" INTEGER NOT NULL,
  "opened_on" INTEGER NOT NULL,
  "closed_on" INTEGER NULL,
  "close_reason" TEXT NULL,
  "role" TEXT NULL);
CREATE TABLE IF NOT EXISTS "events" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "code" VARCHAR(128) NOT NULL,
  "type" TEXT NOT NULL,
  "level" INTEGER NOT NULL,
  "held_on" INTEGER NOT NULL,
  "minutes" INTEGER NULL,
  "cancelled" INTEGER NULL,
  "title" TEXT NULL);
CREATE TABLE IF NOT EXISTS "participations" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "person" VARCHAR(128) NOT NULL,
  "event" VARCHAR(128) NOT NULL,
  "status" TEXT NOT NULL,
  "minutes" INTEGER NULL);
CREATE TABLE IF NOT EXISTS "policies" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "code" VARCHAR(128) NOT NULL,
  "title" TEXT NOT NULL,
  "area" TEXT NOT NULL,
  "customer_facing" INTEGER NOT NULL,
  "decided_on" INTEGER NULL);
CREATE TABLE IF NOT EXISTS "consultations" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "code" VARCHAR(128) NOT NULL,
  "policy" TEXT NOT NULL,
  "opened_on" INTEGER NOT NULL,
  "closed_on" INTEGER NULL,
  "levels" TEXT NULL);
CREATE TABLE IF NOT EXISTS "measure_observations" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "measure" VARCHAR(128) NOT NULL,
  "version" INTEGER NOT NULL,
  "area" VARCHAR(128) NOT NULL,
  "tenure" VARCHAR(128) NOT NULL,
  "period_from" INTEGER NOT NULL,
  "period_until" INTEGER NOT NULL,
  "numerator" INTEGER NULL,
  "denominator" INTEGER NULL,
  "mark" TEXT NULL);
CREATE TABLE IF NOT EXISTS "survey_tallies" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "measure" VARCHAR(128) NOT NULL,
  "version" INTEGER NOT NULL,
  "area" VARCHAR(128) NOT NULL,
  "tenure" VARCHAR(128) NOT NULL,
  "period_from" INTEGER NOT NULL,
  "period_until" INTEGER NOT NULL,
  "very_positive" INTEGER NULL,
  "fairly_positive" INTEGER NULL,
  "neither" INTEGER NULL,
  "fairly_negative" INTEGER NULL,
  "very_negative" INTEGER NULL,
  "not_applicable" INTEGER NULL,
  "filter_yes" INTEGER NULL,
  "filter_no" INTEGER NULL,
  "weighted" INTEGER NULL,
  "responses" INTEGER NULL,
  "mark" TEXT NULL);
CREATE TABLE IF NOT EXISTS "definitions" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "code" VARCHAR(128) NOT NULL,
  "version" INTEGER NOT NULL,
  "family" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "numerator" TEXT NOT NULL,
  "denominator" TEXT NULL,
  "unit" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "multiplier" INTEGER NOT NULL,
  "divisor" INTEGER NOT NULL,
  "decimals" INTEGER NOT NULL,
  "polarity" TEXT NOT NULL,
  "aggregation" TEXT NOT NULL,
  "formula" TEXT NULL,
  "area" TEXT NULL,
  "effective_from" INTEGER NOT NULL,
  "effective_until" INTEGER NULL,
  "comparable_with_previous" INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS "definition_links" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "recorded_at" INTEGER NOT NULL,
  "superseded_at" INTEGER NULL,
  "live" INTEGER NULL,
  "load_id" INTEGER NOT NULL,
  "code" VARCHAR(128) NOT NULL,
  "linked" VARCHAR(128) NOT NULL,
  "relation" TEXT NOT NULL,
  "strength" INTEGER NOT NULL,
  "adds" TEXT NULL);
CREATE TABLE IF NOT EXISTS "schedules" (
  "id" VARCHAR(128) NOT NULL PRIMARY KEY,
  "title" TEXT NOT NULL,
  "audience" TEXT NOT NULL,
  "cadence" TEXT NOT NULL,
  "working_day" INTEGER NOT NULL,
  "minute_of_day" INTEGER NOT NULL,
  "first_period" TEXT NOT NULL,
  "catch_up" TEXT NOT NULL,
  "folder" TEXT NOT NULL,
  "paused" INTEGER NOT NULL,
  "pause_reason" TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS "return_runs" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "schedule" VARCHAR(128) NOT NULL,
  "period" VARCHAR(128) NOT NULL,
  "revision" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "fence" INTEGER NOT NULL,
  "claimed_at" INTEGER NOT NULL,
  "lease_until" INTEGER NOT NULL,
  "as_of" INTEGER NOT NULL,
  "fact_runs" TEXT NOT NULL,
  "file_name" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "delivered_at" INTEGER NULL,
  "due_rule" TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS "workbooks" (
  "return_run" INTEGER NOT NULL PRIMARY KEY,
  "bytes" BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS "api_keys" (
  "prefix" VARCHAR(128) NOT NULL PRIMARY KEY,
  "hash" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "created_at" INTEGER NOT NULL,
  "expires_at" INTEGER NULL,
  "revoked_at" INTEGER NULL);
CREATE TABLE IF NOT EXISTS "loads" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "name" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "recorded_at" INTEGER NOT NULL);
INSERT INTO loads VALUES(1,'persons.csv','',10);
CREATE TABLE IF NOT EXISTS "declared_tables" (
  "name" VARCHAR(128) NOT NULL PRIMARY KEY,
  "family" TEXT NOT NULL,
  "columns" TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS "runs" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "family" VARCHAR(128) NOT NULL,
  "family_version" TEXT NOT NULL,
  "abi" TEXT NOT NULL,
  "library_sha256" TEXT NOT NULL,
  "period" VARCHAR(128) NOT NULL,
  "state" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "input_digest" TEXT NOT NULL,
  "input_rows" INTEGER NOT NULL,
  "n_facts" INTEGER NOT NULL,
  "as_of" INTEGER NOT NULL,
  "started_at" INTEGER NOT NULL,
  "finished_at" INTEGER NULL,
  "lease_until" INTEGER NOT NULL,
  "stopped_by_crash" INTEGER NOT NULL);
INSERT INTO runs VALUES(1,'involvement','1.0.0','','','FY2026-27-Q1',1,'','',0,1,0,0,20,99,0);
CREATE TABLE IF NOT EXISTS "run_notes" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "run" INTEGER NOT NULL,
  "message" TEXT NOT NULL,
  "count" INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS "fact_definitions" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "code" VARCHAR(128) NOT NULL,
  "version" INTEGER NOT NULL,
  "digest" VARCHAR(128) NOT NULL,
  "family" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "numerator" TEXT NOT NULL,
  "denominator" TEXT NOT NULL,
  "unit" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "multiplier" INTEGER NOT NULL,
  "divisor" INTEGER NOT NULL,
  "decimals" INTEGER NOT NULL,
  "polarity" INTEGER NOT NULL,
  "aggregation" INTEGER NOT NULL,
  "interval" INTEGER NOT NULL,
  "formula" TEXT NOT NULL,
  "area" TEXT NOT NULL,
  "effective_from" INTEGER NOT NULL,
  "effective_until" INTEGER NULL,
  "comparable_with_previous" INTEGER NOT NULL);
INSERT INTO fact_definitions VALUES(1,'INV1',1,'ea5f65548d3aa49afaf6a372cb9639f429b38fd90f44d4a915ca6a75a5936f8a','involvement','Persons involved','persons','','persons','strategy',1,1,0,0,7,0,'','',0,NULL,1);
CREATE TABLE IF NOT EXISTS "facts" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "run" INTEGER NOT NULL,
  "indicator" VARCHAR(128) NOT NULL,
  "version" INTEGER NOT NULL,
  "definition_id" INTEGER NOT NULL,
  "area" VARCHAR(128) NOT NULL,
  "period" VARCHAR(128) NOT NULL,
  "reading" INTEGER NOT NULL,
  "breakdown" VARCHAR(128) NOT NULL,
  "numerator" INTEGER NOT NULL,
  "denominator" INTEGER NULL,
  "n" INTEGER NULL,
  "population" INTEGER NULL,
  "null_reason" INTEGER NOT NULL,
  "flags" INTEGER NOT NULL);
INSERT INTO facts VALUES(16777216,1,'INV1',1,1,'N1','FY2026-27-Q1',1,'',3000000,NULL,NULL,NULL,0,0);
CREATE TABLE IF NOT EXISTS "schema_version" (
  "name" TEXT NOT NULL PRIMARY KEY,
  "version" INTEGER NOT NULL,
  "migration" INTEGER NOT NULL);
INSERT INTO schema_version VALUES('',1,0);
CREATE UNIQUE INDEX "areas_live"
  ON "areas" (
    "code",
    "live");
CREATE UNIQUE INDEX "persons_live"
  ON "persons" (
    "code",
    "live");
CREATE UNIQUE INDEX "memberships_live"
  ON "memberships" (
    "person",
    "level",
    "opened_on",
    "live");
CREATE UNIQUE INDEX "events_live"
  ON "events" (
    "code",
    "live");
CREATE UNIQUE INDEX "participations_live"
  ON "participations" (
    "person",
    "event",
    "live");
CREATE UNIQUE INDEX "policies_live"
  ON "policies" (
    "code",
    "live");
CREATE UNIQUE INDEX "consultations_live"
  ON "consultations" (
    "code",
    "live");
CREATE UNIQUE INDEX "measure_observations_live"
  ON "measure_observations" (
    "measure",
    "version",
    "area",
    "tenure",
    "period_from",
    "period_until",
    "live");
CREATE UNIQUE INDEX "survey_tallies_live"
  ON "survey_tallies" (
    "measure",
    "version",
    "area",
    "tenure",
    "period_from",
    "period_until",
    "live");
CREATE UNIQUE INDEX "definitions_live"
  ON "definitions" (
    "code",
    "version",
    "live");
CREATE UNIQUE INDEX "definition_links_live"
  ON "definition_links" (
    "code",
    "linked",
    "live");
CREATE UNIQUE INDEX "return_runs_identity"
  ON "return_runs" (
    "schedule",
    "period",
    "revision");
CREATE INDEX "runs_current"
  ON "runs" (
    "family",
    "period",
    "state",
    "finished_at");
CREATE INDEX "run_notes_run"
  ON "run_notes" ("run");
CREATE UNIQUE INDEX "fact_definitions_content"
  ON "fact_definitions" (
    "code",
    "version",
    "digest");
CREATE UNIQUE INDEX "facts_order"
  ON "facts" (
    "indicator",
    "version",
    "area",
    "period",
    "reading",
    "breakdown",
    "run");
