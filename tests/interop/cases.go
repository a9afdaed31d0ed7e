package interop

// Case is something that works between any two peers. CASES.md says what is done and what must be observed.
type Case struct {
	Name string
	meet func(c *Cell, creator, partner *Peer)
	// in tells in which worlds the case is played: in all if nil. A case of widths is for a 32-bit and a 64-bit peer of ours, which
	// in these worlds can play no other.
	in     func(w World) bool
	widths bool
}

// Cases are all cases: what people do with QSharedMemory (S), the rules of life that they rely on (L), eras of Qt (E), names (K),
// sizes (Z), and streams of data (D).
var Cases = []Case{
	{Name: "S1-text", meet: text},
	{Name: "S2-image", meet: picture},
	{Name: "S3-int", meet: integer},
	{Name: "S4-guard", meet: guard},
	{Name: "S5-string", meet: cString},
	{Name: "L-attach-before-create", meet: attachBeforeCreate},
	{Name: "L-create-twice", meet: createTwice},
	{Name: "L-last-detach", meet: lastDetach},
	{Name: "L-creator-leaves", meet: creatorLeaves},
	{Name: "L-lock-excludes", meet: lockExcludes},
	{Name: "L-lock-dies", meet: lockDies},
	{Name: "L-readonly", meet: readOnly},
	{Name: "L-detach-on-exit", meet: detachOnExit},
	{Name: "L-semaphore", meet: semaphore},
	{Name: "L-unfinished", meet: unfinished, in: World.posix},
	{Name: "L-widths", meet: widths, in: World.posix, widths: true},
	{Name: "E-text", meet: keyText},
	{Name: "E-legacy", meet: keyEras, in: World.legacy},
	{Name: "K-names", meet: names},
	{Name: "Z-sizes", meet: sizes},
	{Name: "Z-many", meet: many},
	{Name: "D-numbers", meet: streams("D-numbers")},
	{Name: "D-texts", meet: streams("D-texts")},
	{Name: "D-times", meet: streams("D-times")},
	{Name: "D-shapes", meet: streams("D-shapes")},
	{Name: "D-names", meet: streams("D-names")},
	{Name: "D-containers", meet: streams("D-containers")},
	{Name: "D-paints", meet: streams("D-paints")},
}

// For reports whether the case is played in the world by peers of one word width, or of two, with a real Qt among them or not.
func (k Case) For(w World, widths, qt bool) bool {
	return (k.in == nil || k.in(w)) && k.widths == (widths && w.posix()) && (!k.widths || !qt)
}

// Outcome is what a case came to.
type Outcome struct {
	Creator, Partner string // what they are made of: see Peer.Software
	Trips            []Trip // what was written and read
	Transcript       string
}

// Play plays the case between two kinds of peers in the usual world and returns what was written and read. For the error
// see World.Play.
func (k Case) Play(programs Programs, creator, partner string) (trips []Trip, err error) {
	err = Usual.Play(programs, func(c *Cell) {
		k.meet(c, c.Start(creator), c.Start(partner))
		trips = c.trips
	})
	return trips, err
}

// PlayIn plays the case in a world. Its error says what went wrong and has no transcript.
func (k Case) PlayIn(w World, programs Programs, creator, partner string) (o Outcome, err error) {
	c := &Cell{world: w, programs: programs}
	err = c.play(func(c *Cell) {
		first, second := c.Start(creator), c.Start(partner)
		o.Creator, o.Partner = first.Software(), second.Software()
		k.meet(c, first, second)
		if o.Trips = c.trips; k.Name[0] == 'S' && len(c.trips) == 0 {
			c.failf("nothing was written and read")
		}
	})
	o.Transcript = c.transcript.anonymous(c)
	return o, err
}
