# shellcheck shell=sh
# To be sourced: lets an ordinary user get packages of another Debian system, with an apt-get whose directories are in the
# current one. The script has a function fail, which says why and ends it.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Prints the address of the archive from which this system has its own Debian packages.
archive() {
	apt-get update --print-uris | sed -nE "s|^'([^']*/debian)/+dists/[^/]+/InRelease' .*|\1|p" | head -n 1
}

# prepare_apt SUITE ARCHITECTURE PACKAGE...: prepares the directory apt for apt-get: a system with nothing installed but, it
# seems, these packages.
prepare_apt() {
	address=$(archive)
	[ -n "$address" ] || fail "this system gets no packages from an archive of Debian, where those of $1 are"
	[ -r "$keyring" ] || fail "there is no $keyring to check Debian's packages with: install debian-archive-keyring"
	mkdir -p apt/lists/partial apt/archives/partial
	echo "deb [signed-by=$keyring] $address $1 main" >apt/sources.list
	cat >apt/conf <<-END
		#clear APT::Architectures;
		#clear APT::Update;
		APT::Architecture "$2";
		APT::Install-Recommends "false";
		APT::Sandbox::User "";
		Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
		Acquire::Languages "none";
		Dir::Cache "$PWD/apt";
		Dir::Etc::SourceList "$PWD/apt/sources.list";
		Dir::Etc::SourceParts "/dev/null";
		Dir::Etc::Preferences "/dev/null";
		Dir::Etc::PreferencesParts "/dev/null";
		Dir::State "$PWD/apt";
		Dir::State::Status "$PWD/apt/status";
	END
	system=$2
	shift 2
	for package; do
		printf 'Package: %s\nStatus: install ok installed\nArchitecture: %s\nVersion: 999\n\n' "$package" "$system"
	done >apt/status
}

apt() {
	apt-get -qq -c apt/conf "$@"
}

# download PACKAGE...: downloads these packages, and none that they depend on, into apt/archives.
download() {
	(cd apt/archives && apt-get -qq -c ../conf download "$@")
}
