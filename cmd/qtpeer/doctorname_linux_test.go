package main

import "testing"

// created is a script that has a program make a segment, run by the command as, and asks doctor about it.
func created(as, name string) string {
	return `
mkfifo $DIR/said
` + as + ` qtpeer create ` + name + ` --size 4 >$DIR/said &
read said <$DIR/said
rm $DIR/said
set -- ` + name + `
`
}

func TestDoctorName(t *testing.T) {
	const other = "setpriv --reuid=1234 --clear-groups"
	for _, c := range []struct {
		name, script string
		want         []symptom
	}{
		{"ours", created("", "test"), []symptom{{"name.segment", levelOK, "4 bytes, 1 attached, made by user root"},
			{"name.owner", "", ""}, {"name.elsewhere", "", ""}}},
		{"a user's POSIX segment", "mount -t tmpfs -o mode=1777 tmpfs /dev/shm" + created(other, "--key posix:/test") + "AS='" + other + "'",
			[]symptom{{"name.segment", levelOK, "posix:/test is in use: 4 bytes, 1 attached, made by user 1234"}, {"name.owner", "", ""}}},
		{"made by root", created("", "test") + "AS='" + other + "'", []symptom{{"name.segment", levelOK, "1 attached, made by user root"},
			{"name.owner", levelProblem,
				`user root made the key file \S+qipc_sharedmemory_test\S+ and the segment systemv:\S+ and the key file ` +
					`\S+qipc_systemsem_test\S+ and the lock \S+; .*as root.*sudo -u root qtpeer clean --key 'systemv:`}}},
		{"made by another", created(other, "test"), []symptom{{"name.owner", levelNote, "user 1234 made .*sudo -u 1234 qtpeer"}}},
		{"one number for two",
			created("", "test") + "ln $DIR/qipc_sharedmemory_test* $DIR/qipc_sharedmemory_x0123456789012345678901234567890123456789",
			[]symptom{{"name.collision", levelProblem, `of \S+/qipc_sharedmemory_testa94\S+ and of \S+/qipc_sharedmemory_x0123`}}},
		{"other directory", created("", "test") + "mkdir $DIR/t; export TMPDIR=$DIR/t",
			[]symptom{{"name.elsewhere", levelWarning,
				`/empty/qipc_sharedmemory_test\S+ has the same name \(in use\); .*--tmpdir \S+/empty$`},
				{"name.absent", "", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			checkFindings(t, doctorIn(t, c.script), c.want...)
		})
	}
}
