#!/bin/sh
# Makes every result file of one promptfoo version:  sh make.sh FOLDER
# Run it here, with `node` on the path and promptfoo installed in ./node_modules.
set -eu
folder=$1
version=$(node -p 'require("./node_modules/promptfoo/package.json").version')
export PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_DISABLE_SHARING=1
export PROMPTFOO_DISABLE_REMOTE_GENERATION=1 PROMPTFOO_CONFIG_DIR=state

run() { # run CONFIG OUTPUT ...: promptfoo ends with 100 when a test failed, as some here must
    config=$1
    shift
    node node_modules/promptfoo/dist/src/entrypoint.js eval -c "$config" --no-cache --no-table \
        --no-progress-bar "$@" || [ $? = 100 ]
}

name=$folder/promptfoo-$version
run refusals.yaml -o "$name-grid.json" -o "$name-grid.csv" -o "$name-grid.junit.xml"
run redteam.yaml -o "$name-redteam.json"
