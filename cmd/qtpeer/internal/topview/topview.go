// Package topview is the interactive view of "qtpeer top": a live list of segments and semaphores, and of one of them what is
// known of it and what is in it.
//
// It is a model of Bubble Tea: Update takes keys and answers, View draws. Whatever may wait, for the system, a lock or a decoder,
// runs in a command, so that the view never does.
package topview

import (
	"errors"
	"image"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/shmbridge/shmbridge/bridge"
)

// Source is where the view has everything from. List, Read and those that decode are called in goroutines of their own, List
// one at a time.
type Source struct {
	List     func() ([]bridge.Info, error)                  // with an error, what has been found all the same
	Describe func(w io.Writer, i bridge.Info) error         // all that is known, in lines for people
	Name     func(bridge.Info) string                       // what the program passed to Qt, or what is known of it
	Owner    func(bridge.Info) string                       // a user
	Users    func(bridge.Info) string                       // the processes that have it
	Made     func(bridge.Info) time.Time                    // zero: the system does not tell
	Read     func(i bridge.Info, limit int) ([]byte, error) // copies what is in a segment, at most limit bytes; waits for its lock, but not for long
	Formats  []Format                                       // at least one
	Picture  func(data []byte) (image.Image, error)         // decodes what is in a segment
}

// Format is a way of making text of what is in a segment.
type Format struct {
	Name  string
	Print func(data []byte) (string, error)
}

const refreshInterval = time.Second

// Run shows the view on the terminal of the process until the user quits.
func Run(source Source) error {
	_, err := tea.NewProgram(newModel(source, time.Now, os.Getenv)).Run()
	if errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return err
}
