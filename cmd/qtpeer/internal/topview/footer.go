package topview

import "strings"

// footer is the last line: the keys that do something here.
func (m *model) footer() string {
	switch {
	case m.help:
		return keys("any key", "back")
	case m.detail != nil:
		return m.detail.footer()
	case m.list.typing:
		return styled(bold, " / ") + clean(m.list.filter) + styled(inverse, " ") + "   " + keys("Enter", "keep", "Esc", "all")
	}
	pause := map[bool]string{false: "pause", true: "go on"}[m.paused]
	filter := "filter"
	if m.list.filter != "" {
		filter = "filter: " + clean(m.list.filter)
	}
	return keys("Enter", "look into", "/", filter, "s S", "sort", "p", pause, "?", "help", "q", "quit")
}

// keys are pairs of a key and what it does.
func keys(pairs ...string) string {
	var b strings.Builder
	for n := 0; n+1 < len(pairs); n += 2 {
		b.WriteString(" " + styled(bold, pairs[n]) + " " + pairs[n+1] + " ")
	}
	return b.String()
}

const helpText = `
 Every segment and semaphore of Qt programs here, anew each second.
 ATT is how many are attached, AGE since it was made.

 Up Down PgUp PgDn Home End   move        r   list now
 Enter   look into one        Esc  back   p   pause, go on
 s       sort by the next     S    turn   /   filter by any text; Esc ends it
 q       quit                 Ctrl+Z  suspend

 States  in use; orphan: a process ended without detaching; key file: without
         a segment; semaphore: one that is no lock, "= 3" is its value
 Locks   free, held, dead: whoever held it has ended, and others wait for
         ever, unknown: this user may not look, "-": none

 In one  Tab, 1 to 4   information, hex dump, decoded, image
         f F           next and previous format       r   read again

 Information attaches to nothing. The others read what is in the segment when
 they are opened, and on r: attach read-only, take the lock, copy, detach.

 Nothing is removed from here: "qtpeer clean" does that.`

func (m *model) helpLines() []string {
	return append([]string{m.title("help")}, strings.Split(helpText, "\n")...)
}
