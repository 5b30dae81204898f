#!/bin/sh
# Opens the course in the browser. Needs Python; nothing is installed.
cd "$(dirname "$0")" || exit 1
if command -v python3 >/dev/null; then
    exec python3 start.py
fi
echo "This computer has no Python. Ask for the web address of the course instead,"
echo "or install the package python3 and start this file again."
read -r _
