#!/bin/sh
# Tests packages.sh, and make demo that relies on it, with stand-ins for dpkg-query, apt-get, sudo, id and go. Installs
# and downloads nothing.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
script=$top/tests/qt/packages.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# A PATH with nothing but the tools that the script may use and the stand-ins.
bin=$work/bin
mkdir "$bin"
for tool in bash env grep make mkdir rm sed sh tr; do
	ln -s "$(command -v $tool)" "$bin/$tool"
done

# stand_in NAME BODY: a program NAME that appends its call to $work/calls and does BODY.
stand_in() {
	rm -f "$bin/$1"
	printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\n%s\n' "$1" "$work" "$2" >"$bin/$1"
	chmod +x "$bin/$1"
}

# machine UID PACKAGE...: a Debian machine with these packages and QtGui; apt-get works, sudo is missing.
machine() {
	stand_in id "echo $1"
	stand_in dpkg 'echo amd64'
	shift
	stand_in dpkg-query "$(printf 'echo "installed amd64 %s, "\n' libqt5gui5 libqt6gui6 "$@")"
	stand_in apt-get true
	rm -f "$bin/sudo"
}

# record COMMAND...: runs a command on the machine and keeps its status, its output and the calls of apt-get, sudo and go.
record() {
	: >"$work/calls"
	status=0
	output=$(PATH=$bin "$@" 2>&1) || status=$?
	calls=$(grep -E '^(apt-get|sudo|go)' "$work/calls" | tr '\n' ';')
}

# try ARGUMENT...: the script.
try() {
	record sh "$script" "$@"
}

# expect WHAT STATUS OUTPUT CALLS: OUTPUT and CALLS are extended regular expressions, in which a semicolon stands for
# a line break; '^$' is nothing.
expect() {
	if [ "$status" = "$2" ] && echo "$output" | tr '\n' ';' | grep -qE "$3" && echo "$calls" | grep -qE "$4"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	printf 'FAIL: %s\nstatus %s, want %s\noutput (want %s):\n%s\ncalls (want %s):\n%s\n' \
		"$1" "$status" "$2" "$3" "$output" "$4" "$calls"
}

install_core6='apt-get .*install -y --no-remove --no-install-recommends libqt6core6 ?;$'

machine 0 libqt5core5a libqt6core6
try
expect "no argument" 2 'usage: .*run\|test\|machines' '^$'
try all
expect "unknown argument" 2 'usage: .*run\|test\|machines' '^$'
try run
expect "nothing missing" 0 "^packages for 'run': nothing is missing;$" '^$'
try test
expect "test needs more than run" 0 \
	'^installs: cmake .*;installs: g\+\+-mingw-w64-x86-64-posix \(.*;installs: qtbase5-examples .*;installs: python3-pip .*;installs: chromium \(.*;installs: shellcheck .*;installs: gcc-multilib ' \
	'^apt-get .*install -y --no-remove --no-install-recommends cmake ninja-build g\+\+ .* shellcheck gcc-multilib ?;$'
stand_in dpkg 'echo arm64'
try test
expect "no 32-bit x86 where it cannot be" 0 'installs: shellcheck' '^apt-get .* shellcheck ?;$'
stand_in dpkg 'echo amd64'
try machines
expect "machines needs more than test" 0 '^installs: cmake .*;installs: shellcheck .*;installs: lld qemu-user-static \(.*\);$' \
	'^apt-get .*install -y --no-remove --no-install-recommends cmake .* lld qemu-user-static ?;$'

machine 0 libqt6core6
printf '%s\n' 'echo "installed amd64 libqt5core5t64, libqt5core5a (= 5.15), x"' >>"$bin/dpkg-query"
try run
expect "provided packages count" 0 'nothing is missing' '^$'

machine 0
stand_in dpkg-query 'echo "installed amd64 libqt5core5a, "; echo "installed all libqt6core6, "'
try run
expect "QtGui is missing" 0 '^installs: libqt5gui5 libqt6gui6 \(libQt5Gui.so.5 and libQt6Gui.so.6 at run time, for a QImage\);$' \
	'^apt-get .*install -y --no-remove --no-install-recommends libqt5gui5 libqt6gui6 ?;$'
printf '%s\n' 'echo "installed amd64 libqt5gui5-gles, "' 'echo "installed amd64 libqt6gui6t64, libqt6gui6 (= 6.4)"' >>"$bin/dpkg-query"
try run
expect "OpenGL ES will do" 0 'nothing is missing' '^$'

machine 0 libqt5core5a libqt6core6-longer
printf '%s\n' 'echo "config-files amd64 libqt6core6, "' 'echo "installed i386 libqt6core6, "' >>"$bin/dpkg-query"
try run
expect "removed, foreign and similar packages do not count" 0 '^installs: libqt6core6 \(libQt5Core.so.5 and libQt6Core.so.6 at run time\);$' "^$install_core6"

machine 0 libqt5core5a
# shellcheck disable=SC2016 # for the stand-in's shell
stand_in apt-get 'case "$*" in *update) : >'"$work"'/updated ;; esac; [ -e '"$work"'/updated ]'
try run
expect "stale package lists" 0 'updating the package lists and trying once more' "$install_core6"
[ "$(echo "$calls" | tr ';' '\n' | sed 's/.*=[^ ]* //; s/ .*//' | tr '\n' ' ')" = 'install update install  ' ] || status=wrong
expect "install, update, install" 0 '' "$install_core6"

stand_in apt-get 'exit 100'
try run
expect "apt-get cannot" 1 'apt-get could not install, without the removal of another package: libqt6core6' 'update;$'

machine 1000 libqt5core5a
try run
expect "neither root nor sudo" 1 \
	'^[^;]*cannot install: this is not root[^;]*;  apt-get install --no-install-recommends libqt6core6 ?;$' '^$'
stand_in sudo 'exit 1'
try run
expect "sudo asks for a password" 1 'sudo is missing or asks' '^sudo -n true;$'
# shellcheck disable=SC2016
stand_in sudo 'shift; "$@"'
try run
expect "sudo" 0 '^installs: libqt6core6' ";sudo -n env DEBIAN_FRONTEND=noninteractive $install_core6"

rm "$bin/apt-get"
try test
expect "not Debian" 1 'needed: libQt5Core.*needed: shellcheck.*install these by hand' '^$'

# demo: make demo, in a tree of its own.
demo() {
	record make -s -C "$tree" demo GO=go
}

tree=$work/tree
mkdir "$tree"
ln -s "$top/Makefile" "$top/tests" "$tree"
build='^go build [^;]*/cmd/qtpeer;'
play="go run ./tests/interop/demo -qtpeer $tree/build/bin/qtpeer"
instead='make demo: plays with builds of real Qt instead, downloaded once: 5.15.2 6.6.1'

# shellcheck disable=SC2016
stand_in go 'case "$*" in *./tests/qt/builds*) echo /cache/5; echo /cache/6 ;; esac'
machine 0 libqt5core5a libqt6core6
demo
expect "demo with the system's Qt" 0 "^packages for 'run': nothing is missing;$" "$build$play ?;$"
machine 1000 libqt5core5a
demo
expect "demo without root" 0 "cannot install: this is not root.*;${instead}[^;]*;$" \
	"${build}go run ./tests/qt/builds 5.15.2 6.6.1;$play /cache/5 /cache/6;$"
rm "$bin/apt-get"
demo
expect "demo without apt-get" 0 "install these by hand;$instead" "/builds 5.15.2 6.6.1;$play /cache/5 /cache/6;$"
# shellcheck disable=SC2016
stand_in go 'case "$*" in *./tests/qt/builds*) echo no network; exit 1 ;; esac'
demo
expect "demo without anything" 2 "$instead" "/builds 5.15.2 6.6.1;$"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
