CREATE TABLE `api_keys` (
  `prefix` varchar(128) NOT NULL,
  `hash` text NOT NULL,
  `name` text NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) DEFAULT NULL,
  `revoked_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`prefix`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `areas` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `code` varchar(128) NOT NULL,
  `name` text NOT NULL,
  `kind` text NOT NULL,
  `parent` text DEFAULT NULL,
  `valid_from` int(11) NOT NULL,
  `valid_until` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `areas_live` (`code`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `consultations` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `code` varchar(128) NOT NULL,
  `policy` text NOT NULL,
  `opened_on` int(11) NOT NULL,
  `closed_on` int(11) DEFAULT NULL,
  `levels` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `consultations_live` (`code`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `declared_tables` (
  `name` varchar(128) NOT NULL,
  `family` text NOT NULL,
  `columns` text NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `definition_links` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `code` varchar(128) NOT NULL,
  `linked` varchar(128) NOT NULL,
  `relation` text NOT NULL,
  `strength` bigint(20) NOT NULL,
  `adds` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `definition_links_live` (`code`,`linked`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `definitions` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `code` varchar(128) NOT NULL,
  `version` bigint(20) NOT NULL,
  `family` text NOT NULL,
  `title` text NOT NULL,
  `numerator` text NOT NULL,
  `denominator` text DEFAULT NULL,
  `unit` text NOT NULL,
  `source` text NOT NULL,
  `multiplier` bigint(20) NOT NULL,
  `divisor` bigint(20) NOT NULL,
  `decimals` bigint(20) NOT NULL,
  `polarity` text NOT NULL,
  `aggregation` text NOT NULL,
  `formula` text DEFAULT NULL,
  `area` text DEFAULT NULL,
  `effective_from` int(11) NOT NULL,
  `effective_until` int(11) DEFAULT NULL,
  `comparable_with_previous` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `definitions_live` (`code`,`version`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `events` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `code` varchar(128) NOT NULL,
  `type` text NOT NULL,
  `level` bigint(20) NOT NULL,
  `held_on` int(11) NOT NULL,
  `minutes` bigint(20) DEFAULT NULL,
  `cancelled` bigint(20) DEFAULT NULL,
  `title` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `events_live` (`code`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `fact_definitions` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `code` varchar(128) NOT NULL,
  `version` int(11) NOT NULL,
  `digest` varchar(128) NOT NULL,
  `family` text NOT NULL,
  `title` text NOT NULL,
  `numerator` text NOT NULL,
  `denominator` text NOT NULL,
  `unit` text NOT NULL,
  `source` text NOT NULL,
  `multiplier` bigint(20) NOT NULL,
  `divisor` bigint(20) NOT NULL,
  `decimals` int(11) NOT NULL,
  `polarity` int(11) NOT NULL,
  `aggregation` int(11) NOT NULL,
  `interval` int(11) NOT NULL,
  `formula` text NOT NULL,
  `area` text NOT NULL,
  `effective_from` int(11) NOT NULL,
  `effective_until` int(11) DEFAULT NULL,
  `comparable_with_previous` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `fact_definitions_content` (`code`,`version`,`digest`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
INSERT INTO `fact_definitions` VALUES (1,'INV1',1,'ea5f65548d3aa49afaf6a372cb9639f429b38fd90f44d4a915ca6a75a5936f8a','involvement','Persons involved','persons','','persons','strategy',1,1,0,0,7,0,'','',0,NULL,1);
CREATE TABLE `facts` (
  `id` bigint(20) NOT NULL,
  `run` bigint(20) NOT NULL,
  `indicator` varchar(128) NOT NULL,
  `version` int(11) NOT NULL,
  `definition_id` bigint(20) NOT NULL,
  `area` varchar(128) NOT NULL,
  `period` varchar(128) NOT NULL,
  `reading` int(11) NOT NULL,
  `breakdown` varchar(128) NOT NULL,
  `numerator` bigint(20) NOT NULL,
  `denominator` bigint(20) DEFAULT NULL,
  `n` bigint(20) DEFAULT NULL,
  `population` bigint(20) DEFAULT NULL,
  `null_reason` int(11) NOT NULL,
  `flags` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `facts_order` (`indicator`,`version`,`area`,`period`,`reading`,`breakdown`,`run`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
INSERT INTO `facts` VALUES (16777216,1,'INV1',1,1,'N1','FY2026-27-Q1',1,'',3000000,NULL,NULL,NULL,0,0);
CREATE TABLE `loads` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `name` text NOT NULL,
  `sha256` text NOT NULL,
  `recorded_at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
INSERT INTO `loads` VALUES (1,'persons.csv','',10);
CREATE TABLE `measure_observations` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `measure` varchar(128) NOT NULL,
  `version` bigint(20) NOT NULL,
  `area` varchar(128) NOT NULL,
  `tenure` varchar(128) NOT NULL,
  `period_from` int(11) NOT NULL,
  `period_until` int(11) NOT NULL,
  `numerator` bigint(20) DEFAULT NULL,
  `denominator` bigint(20) DEFAULT NULL,
  `mark` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `measure_observations_live` (`measure`,`version`,`area`,`tenure`,`period_from`,`period_until`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `memberships` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `person` varchar(128) NOT NULL,
  `level` bigint(20) NOT NULL,
  `opened_on` int(11) NOT NULL,
  `closed_on` int(11) DEFAULT NULL,
  `close_reason` text DEFAULT NULL,
  `role` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `memberships_live` (`person`,`level`,`opened_on`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `participations` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `person` varchar(128) NOT NULL,
  `event` varchar(128) NOT NULL,
  `status` text NOT NULL,
  `minutes` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `participations_live` (`person`,`event`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `persons` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `code` varchar(128) NOT NULL,
  `relationship` text NOT NULL,
  `area` text NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `persons_live` (`code`,`live`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
INSERT INTO `persons` VALUES (1,10,NULL,1,1,'P1','TENANT','N1');
CREATE TABLE `policies` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `code` varchar(128) NOT NULL,
  `title` text NOT NULL,
  `area` text NOT NULL,
  `customer_facing` bigint(20) NOT NULL,
  `decided_on` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `policies_live` (`code`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `return_runs` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `schedule` varchar(128) NOT NULL,
  `period` varchar(128) NOT NULL,
  `revision` int(11) NOT NULL,
  `state` text NOT NULL,
  `reason` text NOT NULL,
  `fence` bigint(20) NOT NULL,
  `claimed_at` bigint(20) NOT NULL,
  `lease_until` bigint(20) NOT NULL,
  `as_of` bigint(20) NOT NULL,
  `fact_runs` text NOT NULL,
  `file_name` text NOT NULL,
  `sha256` text NOT NULL,
  `delivered_at` bigint(20) DEFAULT NULL,
  `due_rule` text NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `return_runs_identity` (`schedule`,`period`,`revision`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `run_notes` (
  `id` bigint(20) NOT NULL,
  `run` bigint(20) NOT NULL,
  `message` text NOT NULL,
  `count` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `run_notes_run` (`run`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `runs` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `family` varchar(128) NOT NULL,
  `family_version` text NOT NULL,
  `abi` text NOT NULL,
  `library_sha256` text NOT NULL,
  `period` varchar(128) NOT NULL,
  `state` int(11) NOT NULL,
  `reason` text NOT NULL,
  `input_digest` text NOT NULL,
  `input_rows` bigint(20) NOT NULL,
  `n_facts` bigint(20) NOT NULL,
  `as_of` bigint(20) NOT NULL,
  `started_at` bigint(20) NOT NULL,
  `finished_at` bigint(20) DEFAULT NULL,
  `lease_until` bigint(20) NOT NULL,
  `stopped_by_crash` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `runs_current` (`family`,`period`,`state`,`finished_at`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
INSERT INTO `runs` VALUES (1,'involvement','1.0.0','','','FY2026-27-Q1',1,'','',0,1,0,0,20,99,0);
CREATE TABLE `schedules` (
  `id` varchar(128) NOT NULL,
  `title` text NOT NULL,
  `audience` text NOT NULL,
  `cadence` text NOT NULL,
  `working_day` int(11) NOT NULL,
  `minute_of_day` int(11) NOT NULL,
  `first_period` text NOT NULL,
  `catch_up` text NOT NULL,
  `folder` text NOT NULL,
  `paused` int(11) NOT NULL,
  `pause_reason` text NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `schema_version` (
  `name` varchar(255) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `migration` tinyint(1) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
INSERT INTO `schema_version` VALUES ('',1,0);
CREATE TABLE `survey_tallies` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `recorded_at` bigint(20) NOT NULL,
  `superseded_at` bigint(20) DEFAULT NULL,
  `live` tinyint(4) DEFAULT NULL,
  `load_id` bigint(20) NOT NULL,
  `measure` varchar(128) NOT NULL,
  `version` bigint(20) NOT NULL,
  `area` varchar(128) NOT NULL,
  `tenure` varchar(128) NOT NULL,
  `period_from` int(11) NOT NULL,
  `period_until` int(11) NOT NULL,
  `very_positive` bigint(20) DEFAULT NULL,
  `fairly_positive` bigint(20) DEFAULT NULL,
  `neither` bigint(20) DEFAULT NULL,
  `fairly_negative` bigint(20) DEFAULT NULL,
  `very_negative` bigint(20) DEFAULT NULL,
  `not_applicable` bigint(20) DEFAULT NULL,
  `filter_yes` bigint(20) DEFAULT NULL,
  `filter_no` bigint(20) DEFAULT NULL,
  `weighted` bigint(20) DEFAULT NULL,
  `responses` bigint(20) DEFAULT NULL,
  `mark` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `survey_tallies_live` (`measure`,`version`,`area`,`tenure`,`period_from`,`period_until`,`live`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
CREATE TABLE `workbooks` (
  `return_run` bigint(20) NOT NULL,
  `bytes` longblob NOT NULL,
  PRIMARY KEY (`return_run`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
