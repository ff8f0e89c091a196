#!/bin/sh
# The platform sets the variables; a container that lacks one says so and ends, before it waits for anything.
# Usage: entrypoint.sh SERVICE COMMAND…
set -eu
service=$1
shift
envschema check --schema /app/schema.full.yaml --process-env --service "$service"
exec "$@"
