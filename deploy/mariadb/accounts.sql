-- A database for Quarterday and three accounts, each with what it needs and no more. As root of MariaDB,
-- with passwords of your own in place of <password 1> to <password 3>; as it stands MariaDB refuses it:
--   mariadb < accounts.sql
--
-- quarterday_migrate  makes and changes tables:  quarterday migrate, and quarterday family list after a
--                     family that brings tables of its own was put into the folder
-- quarterday          loads, computes, serves
-- quarterday_read     backup. It reads everything, the keys of cursors and of people's marks too: who is to
--                     read figures gets a key of Quarterday instead

CREATE DATABASE IF NOT EXISTS quarterday CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

CREATE USER IF NOT EXISTS 'quarterday_migrate'@'%' IDENTIFIED BY <password 1> REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP, CREATE TEMPORARY TABLES
  ON quarterday.* TO 'quarterday_migrate'@'%';

CREATE USER IF NOT EXISTS 'quarterday'@'%' IDENTIFIED BY <password 2> REQUIRE SSL
  WITH MAX_USER_CONNECTIONS 100;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE TEMPORARY TABLES ON quarterday.* TO 'quarterday'@'%';

CREATE USER IF NOT EXISTS 'quarterday_read'@'%' IDENTIFIED BY <password 3> REQUIRE SSL
  WITH MAX_USER_CONNECTIONS 10;
GRANT SELECT ON quarterday.* TO 'quarterday_read'@'%';
