#!/bin/sh
# Installs the Debian or Ubuntu packages that shmbridge needs beside Go:
#   packages.sh run        what it takes to talk to a real Qt
#   packages.sh test       all of that, and what building and testing against Qt takes
#   packages.sh machines   all of that, and what the peers of tests/qt/machines take
# Says what it installs before it does. Leaves the system and the network alone when nothing is missing.
set -eu

# One need a line: the packages, a colon, the same in words.
needs='libqt5core5a libqt6core6: libQt5Core.so.5 and libQt6Core.so.6 at run time
libqt5gui5 libqt6gui6: libQt5Gui.so.5 and libQt6Gui.so.6 at run time, for a QImage'
case "${1-}" in
run) ;;
test | machines)
	needs="$needs
cmake ninja-build g++ qtbase5-dev qt6-base-dev: CMake, Ninja, g++ and the headers of Qt 5 and Qt 6, to build the C++ peers
clang valgrind pkg-config: another compiler and a memory checker, for libshmbridge, and pkg-config
g++-mingw-w64-x86-64-posix: the compilers of C and C++ for Windows, with threads, to build shmbridge.dll
qtbase5-examples xvfb xdotool: Qt's Shared Memory Example, with Xvfb and xdotool to drive it
python3-pip libglib2.0-0 libzstd1 zlib1g: pip, to download other builds of Qt, and what those need
chromium: Chromium, to test and to photograph the page of the interop matrix
man-db bash-completion: man, and completion in bash, to check what is installed with qtpeer
shellcheck: shellcheck, to check the shell scripts"
	[ "$(dpkg --print-architecture 2>/dev/null)" != amd64 ] || needs="$needs
gcc-multilib: gcc for 32-bit x86, to build the C programs of 32-bit tests"
	;;
*)
	echo "usage: $0 run|test|machines" >&2
	exit 2
	;;
esac
[ "$1" != machines ] || needs="$needs
lld qemu-user-static: a linker for every machine, and QEMU, to build the peers of other machines and to run those of 64-bit ARM"

fail() {
	echo "$0: $*" >&2
	exit 1
}

# Prints the names that are installed for this architecture, those that installed packages provide included. A library built
# for OpenGL ES stands for the one without -gles, which conflicts with it.
present() {
	dpkg-query -W -f '${db:Status-Status} ${Architecture} ${Package}, ${Provides}\n' |
		sed -nE "s/^installed (all|$(dpkg --print-architecture)) //p" | tr ',' '\n' | sed 's/^ *//; s/ .*//; s/-gles$//'
}

# Reads needs, prints those with a package that is missing, with those packages only.
missing_needs() {
	have=$(present)
	while IFS=: read -r packages purpose; do
		missing=
		for package in $packages; do
			echo "$have" | grep -qxF "$package" || missing="$missing $package"
		done
		[ -z "$missing" ] || echo "${missing# }:$purpose"
	done
}

# Runs apt-get as root: directly, or by a sudo that asks nothing.
apt_get() {
	set -- env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
	[ "$(id -u)" = 0 ] || set -- sudo -n "$@"
	"$@"
}

install() {
	# shellcheck disable=SC2086 # one word a package
	apt_get install -y --no-remove --no-install-recommends $packages
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	echo "$needs" | sed 's/.*: /needed: /' >&2
	fail "this system has no apt-get and dpkg-query: install these by hand"
fi

missing=$(echo "$needs" | missing_needs)
if [ -z "$missing" ]; then
	echo "packages for '$1': nothing is missing"
	exit 0
fi
packages=$(echo "$missing" | sed 's/:.*//' | tr '\n' ' ')
if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
	fail "cannot install: this is not root, and sudo is missing or asks for a password. As root, run:
  apt-get install --no-install-recommends $packages"
fi
echo "$missing" | sed 's/\(.*\): \(.*\)/installs: \1 (\2)/'
if ! install; then
	echo "$0: that failed; updating the package lists and trying once more" >&2
	{ apt_get update && install; } ||
		fail "apt-get could not install, without the removal of another package: $packages"
fi
