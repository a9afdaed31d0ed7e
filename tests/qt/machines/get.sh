#!/bin/sh
# Puts another machine's Qt into .cache/machines/MACHINE, with the headers and libraries to build C++ programs against it:
#   get.sh 386      Qt 5.15.8 and 6.4.2 for 32-bit x86, of Debian 12 (bookworm)
#   get.sh arm64    the same for 64-bit ARM
#   get.sh trixie   Qt 6.8.2 for x86-64, of Debian 13 (trixie)
# The packages are unpacked, not installed: apt-get works in directories of its own, and needs no root. With
# toolchain.cmake there, CMake builds programs that run where nothing of the machine is installed; those of arm64 by
# qemu-aarch64-static. Does nothing, and leaves the network alone, when the directory is there.
set -eu

bookworm='libqt5gui5 libqt6gui6 libstdc++-12-dev'
case "$*" in
386)
	suite=bookworm architecture=i386 triple=i386-linux-gnu loader=/lib/ld-linux.so.2
	libraries=$bookworm headers='qtbase5-dev qt6-base-dev'
	;;
arm64)
	suite=bookworm architecture=arm64 triple=aarch64-linux-gnu loader=/lib/ld-linux-aarch64.so.1
	libraries=$bookworm headers='qtbase5-dev qt6-base-dev'
	;;
trixie)
	suite=trixie architecture=amd64 triple=x86_64-linux-gnu loader=/lib64/ld-linux-x86-64.so.2
	libraries='libqt6gui6 libstdc++-14-dev' headers=qt6-base-dev
	;;
*)
	echo "usage: $0 386|arm64|trixie" >&2
	exit 2
	;;
esac
machine=$1
machines=$(cd "$(dirname "$0")/../../.." && pwd)/.cache/machines
root=$machines/$machine/root

fail() {
	echo "$0: $machine: $*" >&2
	exit 1
}

# shellcheck source=/dev/null
. "$(dirname "$0")/../debian.sh"

# Prints the toolchain file of the machine, when complete. Its first line names what the directory is made of.
toolchain() {
	cat <<-END
		# Debian $suite $architecture: $libraries $headers
		set(MACHINE $machine)
		set(CMAKE_SYSTEM_NAME Linux)
		set(CMAKE_SYSTEM_PROCESSOR ${triple%%-*})
		set(CMAKE_SYSROOT "$root")
		set(CMAKE_CXX_COMPILER clang++)
		set(CMAKE_CXX_COMPILER_TARGET $triple)
		set(CMAKE_LIBRARY_ARCHITECTURE $triple)
		set(CMAKE_EXE_LINKER_FLAGS_INIT "-fuse-ld=lld -Wl,--dynamic-linker=$root$loader,--disable-new-dtags,-rpath,$root/usr/lib/$triple")
	END
	[ "$machine" != arm64 ] || echo "set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L \"$root\")"
}

# Unpacks apt/archives into root, in which /lib is usr/lib, as it is on an installed system. Links to absolute paths, which
# would lead out of root, become relative ones.
unpack() {
	mkdir -p root/usr/lib root/usr/lib64
	ln -s usr/lib usr/lib64 root
	for package in apt/archives/*.deb; do
		if ! dpkg-deb --fsys-tarfile "$package" >package.tar ||
			! tar -xf package.tar -C root --exclude=./usr/share --keep-directory-symlink --no-same-owner --no-same-permissions; then
			fail "could not unpack ${package##*/}"
		fi
	done
	for link in root/usr/lib/"$triple"/*; do
		target=$(readlink "$link") || continue
		[ "${target#/lib/"$triple"/}" = "$target" ] || ln -sfn "${target##*/}" "$link"
	done
}

if [ "$(toolchain)" = "$(cat "$machines/$machine/toolchain.cmake" 2>/dev/null)" ]; then
	echo "machine $machine: nothing is missing"
	exit 0
fi
echo "downloads into $machines/$machine: Debian $suite's $architecture packages of Qt and what it needs, 50 MB, once"
mkdir -p "$machines"
work=$(mktemp -d "$machines/$machine.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work"
prepare_apt "$suite" "$architecture" libegl-mesa0 libglx-mesa0 # drivers for drawing on a screen: large, not needed
# shellcheck disable=SC2086 # one word a package
{
	apt update &&
		apt -y install --download-only $libraries &&
		download $headers
} || fail "apt-get could not download $libraries $headers of Debian $suite for $architecture"
unpack
toolchain >toolchain.cmake
rm -r apt package.tar
rm -rf "${machines:?}/$machine"
mv "$work" "$machines/$machine"
chmod 755 "$machines/$machine"
