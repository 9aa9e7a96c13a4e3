#!/bin/sh
# Build the wheel, install it into an empty environment, use `kg` from outside the checkout.
set -eu
python=$1
checkout=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m build --outdir "$work/dist" . > "$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
# Some machines switch byte-compiling off and setuptools then says so.
if grep -i "warning" "$work/build.log" | grep -v "byte-compiling is disabled"; then echo "the build warns"; exit 1; fi
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet "$work"/dist/*.whl
cd "$work"
ls -l dist/*.whl
installed=$("$work/venv/bin/python" -c "import kg, os; print(os.listdir(os.path.dirname(os.path.dirname(kg.__file__))))")
case "$installed" in *"'extract'"* | *"'schemas'"* | *"'tests'"*) echo "more than kg is installed: $installed"; exit 1 ;; esac
"$work/venv/bin/kg" build "$checkout/examples/posts" -o graph
"$work/venv/bin/kg" ask models-by-organization --organization OpenAI
"$work/venv/bin/kg" show GPT-4o > card.txt
"$work/venv/bin/kg" draw -o page.html
"$work/venv/bin/kg" draw --ask leaderboard --benchmark MMLU -o picture.svg
if "$work/venv/bin/kg" serve 2> serve.txt; then echo "kg serve without its extra"; exit 1; fi
grep -q "postkg\[serve\]" serve.txt
"$work/venv/bin/kg" export turtle -o graph.ttl
"$work/venv/bin/kg" check
"$work/venv/bin/python" -m kg stats
test -s page.html && test -s picture.svg && test -s graph.ttl && test -s card.txt
echo "the wheel works"
