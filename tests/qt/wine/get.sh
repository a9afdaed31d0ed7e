#!/bin/sh
# Puts Wine, for programs for Windows on x86-64, into .cache/wine, where the program wine starts them and says how. It is Wine
# 8 of Debian 12 (bookworm). The packages are unpacked, not installed: apt-get works in directories of its own, and needs no
# root. Of Wine's libraries those are kept that Qt Core and this project's programs need, with all that those import. Does
# nothing, and leaves the network alone, when the directory is there.
set -eu

packages='libwine wine64 libz-mingw-w64 libunwind8 liblzma5'
modules='advapi32 apisetschema authz bcrypt combase crypt32 dnsapi gdi32 imm32 iphlpapi kernel32 kernelbase mpr msacm32
msvcp140 msvcp140_1 msvcp140_2 msvcrt mswsock netapi32 nsi ntdll ole32 oleaut32 powrprof psapi rpcrt4 sechost secur32 shcore
shell32 shlwapi ucrtbase user32 userenv vcruntime140 vcruntime140_1 version win32u winmm ws2_32'

here=$(cd "$(dirname "$0")" && pwd)
cache=${here%/tests/qt/wine}/.cache
lib=usr/lib/x86_64-linux-gnu
dlls=$lib/wine/x86_64-windows

fail() {
	echo "$0: $*" >&2
	exit 1
}

# shellcheck source=/dev/null
. "$here/../debian.sh"

# Prints what .cache/wine is made of, in short.
sources() {
	(cd "$here" && cat get.sh wine wineserver system.reg forwarder/main.go forwarder/library.go wineboot/main_windows.go | cksum)
}

# keep FILE...: moves these files of the packages into root.
keep() {
	for file; do
		mkdir -p "root/${file%/*}"
		mv "unpacked/$file" "root/$file"
	done
}

unpack() {
	for package in apt/archives/*.deb; do
		dpkg-deb -x "$package" unpacked || fail "could not unpack ${package##*/}"
	done
	for module in $modules; do
		keep "$dlls/$module.dll"
	done
	keep "$dlls/conhost.exe" "$lib/wine/x86_64-unix" usr/share/wine/nls usr/lib/wine/wine64 usr/lib/wine/wineserver64
	mv unpacked/usr/x86_64-w64-mingw32/lib/zlib1.dll "root/$dlls"
	mv "unpacked/$lib"/libunwind.so.* unpacked/lib/x86_64-linux-gnu/liblzma.so.* "root/$lib"
	mkdir -p drive_c/windows
	ln -s "../../root/$dlls" drive_c/windows/system32
	rm -r apt unpacked
}

# Adds what Wine 8 lacks, and what starts it.
supplement() (
	cp "$here/wine" "$here/wineserver" "$here/system.reg" .
	cd "$here"
	export CGO_ENABLED=0
	"${GO:-go}" run ./forwarder "$work/root/$dlls" &&
		GOOS=windows GOARCH=amd64 "${GO:-go}" build -trimpath -ldflags='-s -w' -o "$work/root/$dlls/wineboot.exe" ./wineboot
)

# Tries Wine with a program made by Go, and ends what runs then.
try() {
	export WINEPREFIX="$work/prefix"
	if ! said=$(./wine 'C:\windows\system32\wineboot.exe' 2>&1); then
		fail "Wine does not run a program: ${said:-it says nothing}; its server: $(cat prefix/wineserver.log)
Wine needs Linux on x86-64 with the C library of Debian 12 or a later one, and a .cache on a disk with file locks."
	fi
	./wineserver -k
	rm -r prefix
}

sources=$(sources)
ready() { [ "$sources" = "$(cat "$cache/wine/sources" 2>/dev/null)" ]; }

if ready; then
	echo "wine: nothing is missing"
	exit 0
fi
mkdir -p "$cache"
exec 9>"$cache/wine.lock"
flock -n 9 || {
	echo "waits for another run that makes $cache/wine"
	flock 9
}
! ready || exit 0
rm -rf "$cache"/wine.?????? # what a run was killed over
echo "downloads into $cache/wine: Debian bookworm's Wine, 97 MB, once"
work=$(mktemp -d "$cache/wine.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work"
prepare_apt bookworm amd64
# shellcheck disable=SC2086 # one word a package
{ apt update && download $packages; } || fail "apt-get could not download $packages of Debian bookworm for amd64"
unpack
supplement || fail "could not build what Wine 8 lacks, with Go"
try 9>&-
echo "$sources" >sources
rm -rf "$cache/wine"
chmod 755 "$work"
mv "$work" "$cache/wine"
