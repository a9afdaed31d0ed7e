#!/usr/bin/env bash
# Tests what dist.sh has put into DIRECTORY, and that it makes the same bytes from a copy of the tree elsewhere:
#   dist_test.sh DIRECTORY
set -euo pipefail

[ $# = 1 ] || { echo "usage: $0 DIRECTORY" >&2; exit 2; }
dist=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# check WHAT COMMAND...: counts whether the command succeeds, and shows what it says if not.
check() {
	local what=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $what"
		cat "$work/said"
	fi
}

# is WANT COMMAND...: the command prints WANT.
is() {
	local want=$1 got
	shift
	got=$("$@")
	[ "$got" = "$want" ] || { printf 'got:\n%s\nwant:\n%s\n' "$got" "$want"; return 1; }
}

# machine FILE: the machine that a program is for.
machine() {
	readelf -h "$1" | sed -n 's/^ *Machine: *//p'
}

# alone FILE: the program needs no dynamic linker.
alone() {
	! readelf -lW "$1" | grep INTERP
}

# every_module FILE: the licence of each module in a program is beside it.
every_module() {
	go version -m "$1" | awk '$1 == "dep" { print $2 }' >"$work/modules"
	[ -s "$work/modules" ] || return 1
	while read -r module; do
		grep -qxF -e "---- $module" "$(dirname "$1")/LICENSES" || { echo "no licence of $module"; return 1; }
	done <"$work/modules"
	grep -qxF -e '---- Go' "$(dirname "$1")/LICENSES"
}

# documented DIRECTORY: a manual page of every command is there, and bash completes with what is there.
documented() {
	local verbs verb
	verbs=$(completed "$1" 'qtpeer ' | grep -vxE 'completion|help')
	[ "$(wc -w <<<"$verbs")" -gt 10 ] || { echo "commands: $verbs"; return 1; }
	for verb in $verbs; do
		grep -q '^\.SH EXAMPLES$' "$1/man/man1/qtpeer-$verb.1" || { echo "no manual page of $verb"; return 1; }
	done
	is read completed "$1" 'qtpeer rea'
	grep -q __complete "$1/zsh/site-functions/_qtpeer" && grep -q __complete "$1/fish/vendor_completions.d/qtpeer.fish"
}

# completed DIRECTORY LINE: what bash completes LINE with, by what is in DIRECTORY; the program is beside it.
completed() {
	# shellcheck disable=SC2016 # another bash expands it
	XDG_DATA_DIRS=$1 PATH=$1/..:$PATH bash --norc -c '
		source /usr/share/bash-completion/bash_completion
		_completion_loader qtpeer
		COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=(qtpeer "${1#qtpeer }") COMP_CWORD=1
		compopt() { :; } # outside of a completion it has nothing to change
		__start_qtpeer
		printf "%s\n" "${COMPREPLY[@]}"' bash "$2" | awk '{ print $1 }'
}

# files DIRECTORY: the files there, by name.
files() {
	(cd "$1" && find . ! -type d | sort)
}

# same_files DIRECTORY DIRECTORY: both have the same files with the same bytes.
same_files() {
	diff -r --no-dereference "$1" "$2"
}

# uses_library PREFIX: a program finds the library there by pkg-config, is linked with it, and runs.
uses_library() {
	local flags
	printf '#include <shmbridge.h>\n#include <stdio.h>\nint main(void) { return puts(shmbridge_version()) < 0; }\n' >"$work/version.c"
	read -ra flags <<<"$(PKG_CONFIG_PATH=$1/lib/pkgconfig pkg-config --cflags --libs shmbridge)"
	cc "$work/version.c" -o "$work/version" "${flags[@]}"
	is "$version" env "LD_LIBRARY_PATH=$1/lib" "$work/version"
}

# known FILE NAME: the SBOM has the file by that name and with that checksum.
known() {
	grep -qF "\"name\": \"$2\"" "$sbom" && grep -qF "$(sha256sum "$1" | cut -d ' ' -f 1)" "$sbom"
}

# made_again: a copy of the tree in another place makes the same.
made_again() {
	tar --exclude=./.git --exclude=./.cache --exclude=./build -cf - . | tar -xf - -C "$work/copy"
	SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) "$work/copy/packaging/dist.sh" "$work/again"
	diff "$dist/SHA256SUMS" "$work/again/SHA256SUMS"
}

version=$(sed -n 's/^const version = "\(.*\)"$/\1/p' cmd/qtpeer/version.go)
sbom=$dist/shmbridge-$version.cdx.json
host=$(go env GOHOSTARCH)
library=libshmbridge-$version-linux-$host

check 'the checksums are right' env -C "$dist" sha256sum --check --strict SHA256SUMS
check 'all files have a checksum' is "$(awk '{ print $2 } END { print "SHA256SUMS" }' "$dist/SHA256SUMS" | LC_ALL=C sort)" env LC_ALL=C ls "$dist"

while IFS=: read -r architecture elf; do
	name=qtpeer-$version-linux-$architecture
	check "$name unpacks" tar -xzf "$dist/$name.tar.gz" -C "$work"
	check "$name has two files, and share" is $'LICENSES\nqtpeer\nshare' ls "$work/$name"
	check "$name is for $elf" is "$elf" machine "$work/$name/qtpeer"
	check "$name is static" alone "$work/$name/qtpeer"
	check "$name has licences" every_module "$work/$name/qtpeer"
	check "$name is in the SBOM" known "$work/$name/qtpeer" "$name/qtpeer"
done <<'END'
amd64:Advanced Micro Devices X86-64
arm64:AArch64
386:Intel 80386
arm:ARM
riscv64:RISC-V
END
check 'qtpeer runs' is "qtpeer $version" "$work/qtpeer-$version-linux-$host/qtpeer" version

for share in "$work"/qtpeer-*/share; do
	check "$share is the same as the others" same_files "$work/qtpeer-$version-linux-$host/share" "$share"
done
check 'every command is documented' documented "$work/qtpeer-$version-linux-$host/share"
check 'a manual page has the date of the release' grep -qF "\"$(LC_ALL=C date -u -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" '+%b %Y')\"" \
	"$work/qtpeer-$version-linux-$host/share/man/man1/qtpeer.1"

check 'the library unpacks' tar -xzf "$dist/$library.tar.gz" -C "$work"
check 'the library has licences' grep -qxF -e '---- golang.org/x/sys' "$work/$library/LICENSES"
check 'the library is in the SBOM' known "$work/$library/lib/libshmbridge.so.$version" "$library/lib/libshmbridge.so.$version"
check 'a program uses the library' uses_library "$work/$library"

deb=$dist/libshmbridge_${version}_$(dpkg --print-architecture).deb
check 'the Debian package of the library unpacks' dpkg-deb -x "$deb" "$work/deb"
check 'its version' is "$version" dpkg-deb -f "$deb" Version
check 'its headers' same_files "$work/$library/include" "$work/deb/usr/include"
check 'its libraries' same_files "$work/$library/lib" "$work/deb/usr/lib"
check 'its copyright' cmp "$work/$library/LICENSES" "$work/deb/usr/share/doc/libshmbridge/copyright"

deb=$dist/qtpeer_${version}_$(dpkg --print-architecture).deb
program=$work/qtpeer-$version-linux-$host
check 'the Debian package of qtpeer unpacks' dpkg-deb -x "$deb" "$work/deb-qtpeer"
check 'its version' is "$version" dpkg-deb -f "$deb" Version
check 'its program' cmp "$program/qtpeer" "$work/deb-qtpeer/usr/bin/qtpeer"
check 'its copyright' cmp "$program/LICENSES" "$work/deb-qtpeer/usr/share/doc/qtpeer/copyright"
check 'its manual pages are compressed' gunzip "$work"/deb-qtpeer/usr/share/man/man1/*.1.gz
check 'its manual pages' same_files "$program/share/man" "$work/deb-qtpeer/usr/share/man"
check 'its completion for bash' same_files "$program/share/bash-completion" "$work/deb-qtpeer/usr/share/bash-completion"
check 'its completion for fish' same_files "$program/share/fish" "$work/deb-qtpeer/usr/share/fish"
check 'its completion for zsh' same_files "$program/share/zsh/site-functions" "$work/deb-qtpeer/usr/share/zsh/vendor-completions"

mkdir "$work/copy"
check 'a copy of the tree makes the same' made_again

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
