#!/usr/bin/env bash
# Passes all tests on a fresh machine with the .NET 10 SDK and npm.
#
# Tests that need weights use the default model, which is pulled once (113 MB) into artifacts/test-models, or into
# the folder that NEURALMASK_TEST_MODELS names. Tests that need photos find them in the folder that
# NEURALMASK_TEST_DATA names (photos/, mattes/, removebg/) and are skipped where it is not set. Tests that kill and
# restart processes do so twenty times over where NEURALMASK_FAULTS is "full", and else three times.
set -euo pipefail
cd "$(dirname "$0")/.."

# command → Debian package that brings it
declare -A needed=([curl]=curl [haproxy]=haproxy [ip]=iproute2 [redis-server]=redis-server [unshare]=util-linux)
PATH="$PATH:/usr/sbin"
missing=()
for command in "${!needed[@]}"; do
  command -v "$command" >/dev/null || missing+=("${needed[$command]}")
done
if ((${#missing[@]})); then
  root=()
  if [[ $(id -u) != 0 ]]; then
    if ! command -v sudo >/dev/null; then
      echo "The tests need these packages, and this user may not install them: ${missing[*]}" >&2
      exit 1
    fi
    root=(sudo)
  fi

  # Debian starts the servers that it installs; the tests start their own, so this asks it not to for as long as it installs.
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap '"${root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$policy" >/dev/null
    "${root[@]}" chmod 755 "$policy"
  fi
  "${root[@]}" apt-get update
  "${root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build NeuralMask.sln -c Release

export NEURALMASK_TEST_MODELS="${NEURALMASK_TEST_MODELS:-$PWD/artifacts/test-models}"
dotnet run -c Release --no-build --project NeuralMask.Cli -- models pull isnet-general-use --all --to "$NEURALMASK_TEST_MODELS"

dotnet test --solution NeuralMask.sln -c Release --no-build --max-parallel-test-modules 1 "$@"
