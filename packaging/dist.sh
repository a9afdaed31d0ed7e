#!/usr/bin/env bash
# Makes the files of a release in DIRECTORY, which it empties first:
#   dist.sh DIRECTORY
# qtpeer, with its manual pages and completions, for every architecture of Linux that shmbridge has; libshmbridge for this one, as
# an archive to unpack anywhere; a Debian package of each for this one; what all of them consist of, in CycloneDX's words; and
# SHA256SUMS. The same commit, Go and C compiler make the same bytes, wherever the tree is. Needs Go, a C compiler, CMake, Ninja and dpkg.
set -euo pipefail
umask 022

[ $# = 1 ] || { echo "usage: $0 DIRECTORY" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
architectures='amd64 arm64 386 arm riscv64'
version=$(awk '/^#define SHMBRIDGE_VERSION_(MAJOR|MINOR|PATCH) / { v = v dot $3; dot = "." } END { print v }' include/shmbridge.h)
# The time of all files in the release, by the name that dpkg-deb knows.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# qtpeer ARCHITECTURE DIRECTORY. With the tag it cannot load a Qt, as tests do, and needs no C library.
build_qtpeer() {
	mkdir -p "$2"
	CGO_ENABLED=0 GOOS=linux GOARCH=$1 go build -tags static -trimpath -buildvcs=false -ldflags='-s -w' -o "$2/qtpeer" ./cmd/qtpeer
	licences "$2/qtpeer" >"$2/LICENSES"
	cp -R "$work/share" "$2/"
}

# libshmbridge DIRECTORY: include and lib, with what CMake and pkg-config need to find them anywhere.
build_library() {
	cmake -S . -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_LIBDIR=lib -DSHMBRIDGE_QTPEER=OFF
	cmake --build "$work/build"
	cmake --install "$work/build" --prefix "$1"
	licences "$1/lib/libshmbridge.so.$version" >"$1/LICENSES"
}

# Prints the licence of shmbridge and those of all that is linked into a binary, which ask to go with it.
licences() {
	cat LICENSE
	go version -m "$1" | awk '$1 == "dep" { print $2 }' | while read -r module; do
		printf '\n---- %s\n\n' "$module"
		cat "$(go list -m -f '{{.Dir}}' "$module")"/LICENSE*
	done
	printf '\n---- Go\n\n'
	cat "$(go env GOROOT)/LICENSE"
}

# DIRECTORY: packs a directory of $work.
archive() {
	tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$1" | gzip -9n >"$out/$1.tar.gz"
}

# DIRECTORY: makes a Debian package of what build_library put there.
debian_library() {
	local tree=$work/debian/libshmbridge glibc
	mkdir -p "$tree/DEBIAN" "$tree/usr"
	cp -a "$1/include" "$1/lib" "$tree/usr/"
	echo 'activate-noawait ldconfig' >"$tree/DEBIAN/triggers"
	glibc=$(objdump -T "$1/lib/libshmbridge.so" | grep -oE 'GLIBC_[0-9.]+' | sort -Vu | tail -n 1)
	debian_package libshmbridge "$1" "s/@GLIBC@/${glibc#GLIBC_}/"
}

# DIRECTORY: makes a Debian package of what build_qtpeer put there. In Debian, zsh looks elsewhere, and manual pages are compressed.
debian_qtpeer() {
	local tree=$work/debian/qtpeer
	mkdir -p "$tree/usr/bin"
	cp "$1/qtpeer" "$tree/usr/bin/"
	cp -R "$1/share" "$tree/usr/"
	mv "$tree/usr/share/zsh/site-functions" "$tree/usr/share/zsh/vendor-completions"
	gzip -9n "$tree"/usr/share/man/man1/*
	debian_package qtpeer "$1"
}

# debian_package NAME DIRECTORY [SED-SCRIPT]: packs $work/debian/NAME, with the licences of DIRECTORY.
debian_package() {
	local tree=$work/debian/$1
	mkdir -p "$tree/DEBIAN" "$tree/usr/share/doc/$1"
	cp "$2/LICENSES" "$tree/usr/share/doc/$1/copyright"
	sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$(dpkg --print-architecture)/; ${3-}" "packaging/$1.control.in" >"$tree/DEBIAN/control"
	dpkg-deb --root-owner-group --build "$tree" "$out" >/dev/null
}

rm -rf "${out:?}"/*
CGO_ENABLED=0 go run -tags share ./cmd/qtpeer "$work/share"
for architecture in $architectures; do
	build_qtpeer "$architecture" "$work/qtpeer-$version-linux-$architecture"
	archive "qtpeer-$version-linux-$architecture"
done
here=linux-$(go env GOHOSTARCH)
debian_qtpeer "$work/qtpeer-$version-$here"
library=libshmbridge-$version-$here
build_library "$work/$library"
archive "$library"
debian_library "$work/$library"
go build -o "$work/sbom" ./packaging/sbom
(cd "$work" && ./sbom "$version" "$SOURCE_DATE_EPOCH" qtpeer-*/qtpeer "$library/lib/libshmbridge.so.$version") \
	>"$out/shmbridge-$version.cdx.json"
(cd "$out" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" .)
echo "made in $out:"
ls -l "$out"
