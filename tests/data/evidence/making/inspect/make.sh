#!/bin/sh
# Makes every log of one Inspect version:  sh make.sh PYTHON FOLDER
# PYTHON is that of an environment with inspect_ai. Run it where paths are neutral: logs hold them.
set -eu
python=$1
folder=$2
version=$("$python" -c 'import importlib.metadata as m; print(m.version("inspect_ai"))')

log() { # log NAME TASK [option ...]
    name=$1
    task=$2
    shift 2
    rm -rf logs
    # A run that breaks or is interrupted leaves a log too.
    ${interrupted:-} "$python" -m inspect_ai eval "refusals.py@$task" --model mockllm/model \
        --log-dir logs --display plain "$@" || true
    cp logs/* "$folder/inspect-$version-$name"
}

log refusals.eval refusals
log refusals-before.eval refusals -T "slips=7 50"
log refusals.json refusals -T size=20 -T slips=7 --log-format json --model-role grader=mockllm/judge
log two-epochs.eval refusals -T size=20 -T slips=7 -T "wavers=3 12" --epochs 2
log limit.eval refusals -T size=40 -T slips=7 --limit 12
log no-samples.eval refusals --no-log-samples
log outages-error.eval outages
log outages-kept.eval outages --no-fail-on-error
log answers.eval answers
log judged.eval judged
log judged.json judged --log-format json

interrupted="timeout -s INT 6"
log cancelled.eval outages -T at=99 -T pause=1.5 --max-samples 4
interrupted=

log score-edited.eval refusals -T size=20 -T slips=7
plain=$folder/inspect-$version-score-edited.eval
"$python" edit.py log "$plain" "$folder/inspect-$version-log-edited.eval"
"$python" edit.py score "$plain" "$plain"
