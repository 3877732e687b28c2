#!/bin/sh
# Makes every report of one garak version:  sh make.sh PYTHON FOLDER
# PYTHON is that of an environment with garak. FOLDER is an absolute path with a neutral name.
set -eu
python=$1
folder=$2
version=$("$python" -c 'import importlib.metadata as m; print(m.version("garak"))')
export PYTHONPATH=. HF_HUB_OFFLINE=1

run() { # run NAME [option ...]; a run that is killed leaves a report too
    name=$folder/garak-$version-$1
    shift
    "$python" -m garak --seed 3 --generations 5 --report_prefix "$name" \
        --spec probes.test.Test,probes.goodside.WhoIsRiley,probes.web_injection.MarkdownXSS \
        "$@" || true
    rm -f "$name.report.html"
}

run repeat --target_type test.Repeat --extended_detectors
run blank --target_type test.Blank
run mixed --target_type function --target_name canned#mixed
run killed --target_type function --target_name canned#killed
rm -f "$folder/garak-$version-repeat.hitlog.jsonl" "$folder/garak-$version-killed.hitlog.jsonl"
