package interop

// Case is something that works between any two peers. CASES.md says what is done and what must be observed.
type Case struct {
	Name string
	meet func(c *Cell, creator, partner *Peer)
	// in tells in which worlds the case is played: in all if nil. A case of widths is for a 32-bit and a 64-bit peer, which
	// in these worlds can play no other.
	in     func(w World) bool
	widths bool
}

// Cases are all cases: what people do with QSharedMemory (S), and the rules of life that they rely on (L).
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
}

// For reports whether the case is played in the world by peers of one word width, or of two.
func (k Case) For(w World, widths bool) bool {
	return (k.in == nil || k.in(w)) && k.widths == (widths && w.posix())
}

// Outcome is what a case came to.
type Outcome struct {
	Creator, Partner string // what they are made of: see Peer.Software
	Trips            []Trip // what was written and read
}

// Play plays the case between two kinds of peers in the usual world and returns what was written and read. For the error
// see World.Play.
func (k Case) Play(programs Programs, creator, partner string) ([]Trip, error) {
	outcome, err := k.PlayIn(Usual, programs, creator, partner)
	return outcome.Trips, err
}

// PlayIn plays the case in a world.
func (k Case) PlayIn(w World, programs Programs, creator, partner string) (o Outcome, err error) {
	err = w.Play(programs, func(c *Cell) {
		first, second := c.Start(creator), c.Start(partner)
		o.Creator, o.Partner = first.Software(), second.Software()
		k.meet(c, first, second)
		o.Trips = c.trips
	})
	return o, err
}
