#!/usr/bin/env bash
# Writes the contract files of the grain projects anew after a deliberate change; review the diff before committing it.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in NeuralMask.Grains.Interfaces NeuralMask.Grains NeuralMask.Api; do
  [[ -f $project/OrleansContracts.txt ]] || continue
  dotnet format "$project/$project.csproj" analyzers --severity info --diagnostics \
    ORLEANS0016 ORLEANS0017 ORLEANS0018 ORLEANS0019 ORLEANS0020 ORLEANS0022 ORLEANS0023 ORLEANS0024
done
