#!/bin/sh
# Makes Temporal's two databases and brings their schema to the version of this image. Safe to repeat.
# Wants SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD (read by the tool itself, so the password is no argument).
set -eu

schemas=${TEMPORAL_SCHEMAS:-/etc/temporal/schema/postgresql/v12}

prepare() { # database, folder of its schema
  echo "schema of '$1'"
  temporal-sql-tool --plugin postgres12 --db "$1" create
  temporal-sql-tool --plugin postgres12 --db "$1" setup-schema --version 0.0
  temporal-sql-tool --plugin postgres12 --db "$1" update-schema --schema-dir "$schemas/$2/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
