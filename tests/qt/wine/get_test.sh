#!/bin/sh
# Tests get.sh with stand-ins for apt-get, dpkg-deb, go and Wine. Downloads nothing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# A tree of its own, with a keyring in reach.
cache=$work/tree/.cache
mine=$work/tree/tests/qt/wine
mkdir -p "$work/tree/tests/qt"
cp -R "$here" "$mine"
sed "s|^keyring=.*|keyring=$work/keyring|" "$here/../debian.sh" >"$work/tree/tests/qt/debian.sh"

# A PATH with nothing but the tools that the script may use and the stand-ins.
bin=$work/bin
mkdir "$bin"
for tool in cat chmod cksum cp dirname flock head ln mkdir mktemp mv rm sed sh touch; do
	ln -s "$(command -v $tool)" "$bin/$tool"
done

# stand_in NAME BODY: a program NAME that appends its call to $work/calls and does BODY.
stand_in() {
	printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\n%s\n' "$1" "$work" "$2" >"$bin/$1"
	chmod +x "$bin/$1"
}

# apt_get FAILURE: an apt-get of a Debian system that downloads a.deb, and does FAILURE where it says so.
apt_get() {
	stand_in apt-get "case \"\$*\" in
*--print-uris) echo \"'http://deb.example/debian/dists/bookworm/InRelease' x 0\" ;;
*download*) touch a.deb ;;
esac
$1"
}

# package WINE: what the packages have, and a library that is not wanted; wine64 is the shell script WINE.
package() {
	rm -rf "$work/files"
	lib=$work/files/usr/lib
	mkdir -p "$lib/x86_64-linux-gnu/wine/x86_64-windows" "$lib/x86_64-linux-gnu/wine/x86_64-unix" "$lib/wine" \
		"$work/files/usr/share/wine/nls" "$work/files/usr/x86_64-w64-mingw32/lib" "$work/files/lib/x86_64-linux-gnu"
	for module in $(sed -n "/^modules='/,/'\$/p" "$mine/get.sh" | sed "s/modules=//; s/'//g") d3d9; do
		: >"$lib/x86_64-linux-gnu/wine/x86_64-windows/$module.dll"
	done
	: >"$lib/x86_64-linux-gnu/wine/x86_64-windows/conhost.exe"
	: >"$work/files/usr/x86_64-w64-mingw32/lib/zlib1.dll"
	: >"$lib/x86_64-linux-gnu/libunwind.so.8"
	: >"$work/files/lib/x86_64-linux-gnu/liblzma.so.5"
	printf '#!/bin/sh\necho "wine64 $*" >>"%s/calls"\n%s\n' "$work" "$1" >"$lib/wine/wine64"
	# shellcheck disable=SC2016 # for the stand-in's shell
	printf '#!/bin/sh\necho "wineserver64 $*, TMPDIR ${TMPDIR#*/wine.??????/}" >>"%s/calls"\n' "$work" >"$lib/wine/wineserver64"
	chmod +x "$lib/wine/"*
}

# debian: a Debian system on which everything works, without Wine.
debian() {
	rm -rf "$cache"
	: >"$work/keyring"
	package 'exit 0'
	apt_get true
	stand_in dpkg-deb "mkdir -p \$3 && cp -R $work/files/. \$3"
	stand_in go true
}

# try: the script; keeps its status, its output and the calls of the stand-ins.
try() {
	: >"$work/calls"
	status=0
	output=$(PATH=$bin sh "$mine/get.sh" 2>&1) || status=$?
	calls=$(cat "$work/calls")
}

ok() { # ok WHAT COMMAND...: COMMAND succeeds
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	printf 'FAIL: %s: %s\nstatus %s\noutput: %s\ncalls: %s\n' "$what" "$*" "$status" "$output" "$calls"
}

# expect WHAT STATUS OUTPUT CALLS: OUTPUT and CALLS are extended regular expressions, in which a semicolon ends a line;
# '^;$' is no line.
expect() {
	ok "$1" [ "$status" = "$2" ]
	ok "$1: output" matches "$3" "$output"
	ok "$1: calls" matches "$4" "$calls"
}

matches() { echo "$2" | tr '\n' ';' | grep -qE -e "$1"; }
cached() { [ "$(ls -A "$cache")" = "$1" ]; }
only_wine() {
	cached 'wine
wine.lock'
}
nothing_left() { cached wine.lock; }

debian
try
expect "Wine" 0 "^downloads into $cache/wine: Debian bookworm's Wine, 97 MB, once;$" \
	"^apt-get update --print-uris;apt-get .* update;apt-get .* download libwine wine64 libz-mingw-w64 libunwind8 liblzma5;\
dpkg-deb -x apt/archives/a.deb unpacked;go run ./forwarder $cache/wine[^ ]*/x86_64-windows;go build .*/wineboot.exe ./wineboot;\
wine64 C:.windows.system32.wineboot.exe;wineserver64 -k, TMPDIR prefix;$"
ok "no other files" only_wine
cd "$cache/wine"
ok "nothing else is kept" [ "$(echo *)" = 'drive_c root sources system.reg wine wineserver' ]
for file in x86_64-linux-gnu/wine/x86_64-unix wine/wine64 wine/wineserver64 x86_64-linux-gnu/libunwind.so.8 x86_64-linux-gnu/liblzma.so.5 ../share/wine/nls; do
	ok "$file" [ -e "root/usr/lib/$file" ]
done
for file in kernel32.dll ws2_32.dll zlib1.dll conhost.exe; do
	ok "$file" [ -e "drive_c/windows/system32/$file" ]
done
ok "a library that is not wanted" [ ! -e drive_c/windows/system32/d3d9.dll ]
cd "$work"

try
expect "again" 0 '^wine: nothing is missing;$' '^;$'
mv "$work/tree" "$work/moved"
WINEPREFIX=$work/prefix "$work/moved/.cache/wine/wine" "$bin/sh"
ok "it works where the tree is moved to" grep -qxF "wine64 $bin/sh" "$work/calls"
mv "$work/moved" "$work/tree"
echo '# changed' >>"$mine/wineboot/main_windows.go"
: >"$cache/wine/stale"
stand_in go 'exit 1'
try
expect "other sources, and Go fails" 1 'get.sh: could not build what Wine 8 lacks, with Go;$' 'dpkg-deb.*go run'
ok "what was there stays" [ -e "$cache/wine/stale" ]
stand_in go true
try
expect "other sources" 0 '^downloads ' 'dpkg-deb'
ok "it is made anew" [ ! -e "$cache/wine/stale" ]

for step in '*print-uris' '*update' '*download*'; do
	debian
	apt_get "case \"\$*\" in $step) exit 100 ;; esac"
	[ "$step" != '*print-uris' ] || stand_in apt-get 'exit 100'
	try
	expect "apt-get fails at $step" 1 '(could not download libwine .* liblzma5 of Debian bookworm|from an archive of Debian)' 'apt-get'
	ok "apt-get fails at $step" nothing_left
done

debian
stand_in dpkg-deb 'exit 2'
try
expect "a package that dpkg-deb cannot read" 1 'get.sh: could not unpack a.deb;$' 'dpkg-deb .*a.deb unpacked;$'
ok "a package that dpkg-deb cannot read" nothing_left

debian
rm "$work/files/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ntdll.dll"
try
expect "packages without a library" 1 'ntdll.dll.*No such file' 'dpkg-deb .*a.deb unpacked;$'
ok "packages without a library" nothing_left

debian
# shellcheck disable=SC2016 # for the stand-in's shell
package 'echo "server: no locks" >"$WINEPREFIX/wineserver.log"; echo "bcryptprimitives.dll not found" >&2; exit 2'
try
expect "Wine is broken" 1 'get.sh: Wine does not run a program: bcryptprimitives.dll not found; its server: server: no locks;Wine needs Linux on x86-64 ' 'wine64 [^;]*;$'
ok "Wine is broken" nothing_left

for signal in INT TERM; do
	debian
	# shellcheck disable=SC2016 # for the stand-in's shell
	apt_get 'case "$*" in *update) kill -'$signal' $PPID; exit 100 ;; esac'
	try
	expect "SIG$signal" 1 '^downloads ' 'update;$'
	ok "SIG$signal" nothing_left
done

debian
mkdir -p "$cache/wine.Ab12yz"
try
expect "after a run that was killed" 0 '^downloads ' 'dpkg-deb'
ok "after a run that was killed" only_wine

# Another run has the lock, and is done when the script has said that it waits.
mv "$cache/wine" "$cache/made"
mkfifo "$work/says"
: >"$work/calls"
exec 8>"$cache/wine.lock"
flock 8
PATH=$bin sh "$mine/get.sh" >"$work/says" 2>&1 8>&- &
read -r output <"$work/says"
mv "$cache/made" "$cache/wine"
exec 8>&-
status=0
wait $! || status=$?
calls=$(cat "$work/calls")
expect "two runs" 0 "^waits for another run that makes $cache/wine;$" '^;$'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
