#!/bin/sh
# Makes every result file of one lm-evaluation-harness version:  sh make.sh PYTHON FOLDER
# PYTHON is that of an environment with lm_eval. Run it here: the results name the data files.
set -eu
python=$1
folder=$2
version=$("$python" -c 'import importlib.metadata as m; print(m.version("lm_eval"))')
export HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1

run() { # run NAME MODEL SEED [option ...]
    name=$folder/lm-eval-$version-$1
    model=$2
    seed=$3
    shift 3
    rm -rf out
    "$python" -m lm_eval run --model dummy --model_args "pretrained=$model" --seed "$seed" \
        --include_path . --tasks choices,answers --output_path out --log_samples "$@"
    mv out/*/results_*.json "$name-results.json"
    for samples in out/*/samples_*.jsonl; do
        task=$(basename "$samples" | sed 's/^samples_//; s/_2[0-9-]*T.*//')
        mv "$samples" "$name-samples-$task.jsonl"
    done
}

run candidate acme/atlas-2-rc3 7
run before acme/atlas-2-rc2 8
rm "$folder/lm-eval-$version-before-samples-"*
