#!/usr/bin/env bash
# Lets a peer and Go encode and decode the values of cmd/qtpeer/testdata/conversation.txt, and compares what they answer:
#   compare.sh QTPEER PEER
set -euo pipefail
cd "$(dirname "$0")/../../.."
[ $# = 2 ] || {
	echo "usage: $0 QTPEER PEER" >&2
	exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
	sed -nE 's/^((encode|decode) [^|]*[^| ]) \|.*/\1/p' cmd/qtpeer/testdata/conversation.txt | grep -v '\$'
	echo exit
} >"$work/lines"
# Of an error the code is compared. Windows ends lines its own way.
answers() { "$@" <"$work/lines" | tr -d '\r' | sed -E 's/^(err [A-Za-z]+) .*/\1/'; }
answers "$1" peer >"$work/go"
answers "$2" >"$work/qt"
lines=$(wc -l <"$work/lines")
if [ "$lines" -lt 20 ] || [ "$(wc -l <"$work/go")" != "$lines" ]; then
	echo "$0: $1 answers $(wc -l <"$work/go") of $lines lines" >&2
	exit 1
fi
paste -d '|' "$work/lines" "$work/go" >"$work/want"
paste -d '|' "$work/lines" "$work/qt" >"$work/got"
diff "$work/want" "$work/got" >&2 || {
	echo "$0: they differ: < is $1, > is $2" >&2
	exit 1
}
echo "$lines values: $1 and $2 answer the same"
