#!/bin/sh
# Tests get.sh with stand-ins for apt-get and dpkg-deb. Downloads nothing.
set -eu

script=$(cd "$(dirname "$0")" && pwd)/get.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# A tree of its own, with a keyring in reach.
machines=$work/tree/.cache/machines
mkdir -p "$work/tree/tests/qt/machines"
cp "$script" "$work/tree/tests/qt/machines/get.sh"
sed "s|^keyring=.*|keyring=$work/keyring|" "$(dirname "$script")/../debian.sh" >"$work/tree/tests/qt/debian.sh"

# A PATH with nothing but the tools that the script may use and the stand-ins.
bin=$work/bin
mkdir "$bin"
for tool in cat chmod dirname head ln mkdir mktemp mv readlink rm sed sh tar touch; do
	ln -s "$(command -v $tool)" "$bin/$tool"
done

# stand_in NAME BODY: a program NAME that appends its call to $work/calls and does BODY.
stand_in() {
	printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\n%s\n' "$1" "$work" "$2" >"$bin/$1"
	chmod +x "$bin/$1"
}

# apt_get FAILURE: an apt-get of a Debian system that downloads a.deb, headers.deb, and does FAILURE where it says so.
apt_get() {
	stand_in apt-get "case \"\$*\" in
*--print-uris) echo \"'http://deb.example/debian/dists/bookworm/InRelease' x 0\" ;;
*update) cp apt/conf apt/sources.list apt/status $work 2>/dev/null ;;
*--download-only*) touch apt/archives/a.deb ;;
*download*) touch headers.deb ;;
esac
$1"
}

# package TARGET: what a package has: a library, a link to it by TARGET, a header, a manual page.
package() {
	rm -rf "$work/files"
	for each in i386-linux-gnu aarch64-linux-gnu x86_64-linux-gnu; do
		mkdir -p "$work/files/lib/$each" "$work/files/usr/lib/$each" "$work/files/usr/include" "$work/files/usr/share/man"
		echo library >"$work/files/lib/$each/libm.so.6"
		ln -s "$(echo "$1" | sed "s/TRIPLE/$each/")" "$work/files/usr/lib/$each/libm.so"
	done
	: >"$work/files/usr/include/m.h"
	: >"$work/files/usr/share/man/m.3"
	tar -C "$work/files" -cf "$work/package.tar" .
}

# debian: a Debian system on which everything works, with no machine.
debian() {
	rm -rf "$machines"
	: >"$work/keyring"
	ln -sf "$(command -v cp)" "$bin/cp"
	package /lib/TRIPLE/libm.so.6
	apt_get true
	stand_in dpkg-deb "cat $work/package.tar"
}

# try ARGUMENT...: the script; keeps its status, its output and the calls of the stand-ins.
try() {
	: >"$work/calls"
	status=0
	output=$(PATH=$bin sh "$work/tree/tests/qt/machines/get.sh" "$@" 2>&1) || status=$?
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
nothing_left() { [ -z "$(ls -A "$machines" 2>/dev/null)" ]; }
only() { [ "$(ls -A "$machines")" = "$1" ]; }

debian
for arguments in '' 'alpha' '386 arm64'; do
	# shellcheck disable=SC2086 # a word an argument
	try $arguments
	expect "arguments '$arguments'" 2 '^usage: [^ ]* 386\|arm64\|trixie;$' '^;$'
done

while IFS=: read -r machine suite architecture triple loader libraries emulator; do
	debian
	try "$machine"
	expect "$machine" 0 "^downloads into $machines/$machine: Debian $suite's $architecture packages [^;]*;$" \
		'^apt-get update --print-uris;apt-get .* update;apt-get .* -y install --download-only .*;apt-get .*download .*;dpkg-deb .*a.deb;dpkg-deb .*headers.deb;$'
	ok "$machine: its packages" matches "--download-only $libraries;" "$calls"
	ok "$machine: is alone" only "$machine"
	cd "$machines/$machine"
	ok "$machine: nothing else is kept" [ "$(echo *)" = 'root toolchain.cmake' ]
	ok "$machine: a library" [ "$(cat "root/usr/lib/$triple/libm.so.6")" = library ]
	ok "$machine: /lib is usr/lib" [ "$(cat "root/lib/$triple/libm.so.6")" = library ]
	ok "$machine: a link stays in root" [ "$(readlink "root/usr/lib/$triple/libm.so")" = libm.so.6 ]
	ok "$machine: a header" [ -e root/usr/include/m.h ]
	ok "$machine: no manuals" [ ! -e root/usr/share ]
	ok "$machine: toolchain" grep -qxF "set(CMAKE_SYSROOT \"$machines/$machine/root\")" toolchain.cmake
	ok "$machine: name" grep -qxF "set(MACHINE $machine)" toolchain.cmake
	ok "$machine: compiles for it" grep -qxF "set(CMAKE_CXX_COMPILER_TARGET $triple)" toolchain.cmake
	ok "$machine: links for it" \
		grep -qF -- "--dynamic-linker=$machines/$machine/root$loader,--disable-new-dtags,-rpath,$machines/$machine/root/usr/lib/$triple\"" toolchain.cmake
	ok "$machine: emulator" [ "$(sed -n 's/set(CMAKE_CROSSCOMPILING_EMULATOR //p' toolchain.cmake)" = "${emulator:+$emulator -L \"$machines/$machine/root\")}" ]
	ok "$machine: sources" grep -qxF "deb [signed-by=$work/keyring] http://deb.example/debian $suite main" "$work/sources.list"
	ok "$machine: architecture" grep -qxF "APT::Architecture \"$architecture\";" "$work/conf"
	ok "$machine: the system's state is not used" grep -qE "^Dir::State::Status \"$machines/$machine\.[^/]*/apt/status\";" "$work/conf"
	ok "$machine: drivers are left out" [ "$(grep -cE "^Package: lib(egl|glx)-mesa0$|^Architecture: $architecture$" "$work/status")" = 4 ]
	cd "$work"
	try "$machine"
	expect "$machine again" 0 "^machine $machine: nothing is missing;$" '^;$'
done <<'END'
386:bookworm:i386:i386-linux-gnu:/lib/ld-linux.so.2:libqt5gui5 libqt6gui6 libstdc\+\+-12-dev:
arm64:bookworm:arm64:aarch64-linux-gnu:/lib/ld-linux-aarch64.so.1:libqt5gui5 libqt6gui6 libstdc\+\+-12-dev:qemu-aarch64-static
trixie:trixie:amd64:x86_64-linux-gnu:/lib64/ld-linux-x86-64.so.2:libqt6gui6 libstdc\+\+-14-dev:
END

debian
try 386
try arm64
rm "$machines/386/toolchain.cmake"
: >"$machines/386/root/stale"
try 386
expect "without its toolchain file a machine is incomplete" 0 '^downloads ' 'dpkg-deb'
ok "it is made anew" [ ! -e "$machines/386/root/stale" ]
sed -i '1s/ qt6-base-dev//' "$machines/386/toolchain.cmake"
apt_get 'exit 100'
try 386
expect "other packages are needed now" 1 'could not download .* qt6-base-dev' 'update;$'
ok "what was there stays" [ -e "$machines/386/root/usr/include/m.h" ]
apt_get true
try 386
expect "now they are there" 0 '^downloads ' 'dpkg-deb'
ok "both machines" only '386
arm64'

for step in '*print-uris' '*update' '*download-only*' '*/conf\ download*'; do
	debian
	apt_get "case \"\$*\" in $step) exit 100 ;; esac"
	[ "$step" != '*print-uris' ] || stand_in apt-get 'echo "E: broken" >&2; exit 100'
	try 386
	expect "apt-get fails at $step" 1 '(could not download libqt5gui5 .* qt6-base-dev of Debian bookworm for i386|from an archive of Debian)' 'apt-get'
	ok "apt-get fails at $step" nothing_left
done

debian
stand_in apt-get "echo \"'http://archive.example/ubuntu/dists/noble/InRelease' x 0\""
try 386
expect "not Debian" 1 '386: this system gets no packages from an archive of Debian' '^apt-get update --print-uris;$'
ok "not Debian" nothing_left

debian
rm "$work/keyring"
try trixie
expect "no keyring" 1 "there is no $work/keyring .*: install debian-archive-keyring" '^apt-get update --print-uris;$'
ok "no keyring" nothing_left

debian
stand_in dpkg-deb 'exit 2'
try 386
expect "a package that dpkg-deb cannot read" 1 '386: could not unpack a.deb;$' 'dpkg-deb .*a.deb;$'
ok "a package that dpkg-deb cannot read" nothing_left
stand_in dpkg-deb 'echo no archive'
try 386
expect "a package that tar cannot read" 1 '386: could not unpack a.deb;$' 'dpkg-deb .*a.deb;$'
ok "a package that tar cannot read" nothing_left

debian
package blas/libm.so.6
try 386
ok "a relative link stays as it is" [ "$(readlink "$machines/386/root/usr/lib/i386-linux-gnu/libm.so")" = blas/libm.so.6 ]

for signal in INT TERM; do
	debian
	# shellcheck disable=SC2016 # for the stand-in's shell
	apt_get 'case "$*" in *download-only*) kill -'$signal' $PPID; exit 100 ;; esac'
	try 386
	expect "SIG$signal" 1 '^downloads ' 'download-only'
	ok "SIG$signal" nothing_left
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
