package topview

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/shmbridge/shmbridge/bridge"
)

// model is the whole view. What it draws on it gets in messages.
type model struct {
	source        Source
	now           func() time.Time
	after         func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
	width, height int
	colored       bool // the terminal has colours, and the user wants them
	graphics      graphics

	list    list
	detail  *detail // of one object, or nil
	turn    int     // number of the list that was asked for last
	listing bool    // it has not come yet
	err     error   // of the last list
	paused  bool
	help    bool
}

func newModel(source Source, now func() time.Time, getenv func(string) string) *model {
	return &model{
		source: source, now: now, after: tea.Tick, width: 80, height: 24, colored: true,
		graphics: newGraphics(getenv), list: list{columns: columnsOf(source, now)},
	}
}

// Messages.
type (
	listMsg struct {
		all []bridge.Info
		err error
	}
	refreshMsg struct{ turn int } // the list of a turn is old
)

// Init starts the view: it is part of tea.Model.
func (m *model) Init() tea.Cmd { return tea.Batch(m.refresh(), m.graphics.query()) }

// refresh asks for a new list, unless one is on its way.
func (m *model) refresh() tea.Cmd {
	if m.listing {
		return nil
	}
	m.listing = true
	m.turn++
	return func() tea.Msg {
		all, err := m.source.List()
		return listMsg{all, err}
	}
}

func (m *model) refreshLater() tea.Cmd {
	turn := m.turn
	return m.after(refreshInterval, func(time.Time) tea.Msg { return refreshMsg{turn} })
}

// Update takes a message: it is part of tea.Model.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		return m, m.redrawPicture()
	case tea.ResumeMsg:
		return m, m.redrawPicture()
	case tea.ColorProfileMsg:
		m.colored = msg.Profile >= colorprofile.ANSI
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case listMsg:
		return m, m.listed(msg)
	case refreshMsg:
		switch {
		case msg.turn != m.turn:
		case m.paused:
			return m, m.refreshLater()
		default:
			return m, m.refresh()
		}
	case contentMsg, textMsg, pictureMsg:
		if m.detail != nil {
			return m, m.detail.update(m, msg)
		}
	case drawMsg:
		return m, m.drawPicture(msg)
	case drawnMsg:
		return m, m.drawnPicture(msg)
	default:
		m.graphics.learn(msg)
	}
	return m, nil
}

func (m *model) listed(msg listMsg) tea.Cmd {
	m.listing, m.err = false, msg.err
	if msg.err == nil || len(msg.all) > 0 {
		m.list.set(msg.all, m.now())
		if m.detail != nil && msg.err == nil {
			m.detail.follow(msg.all)
		}
	}
	return m.refreshLater()
}

// press does what a key stands for.
func (m *model) press(key tea.KeyPressMsg) tea.Cmd {
	switch name := key.String(); {
	case name == "ctrl+c":
		return m.quit()
	case name == "ctrl+z":
		return tea.Suspend
	case m.detail == nil && m.list.typing:
		m.list.typed(key)
	case name == "q":
		return m.quit()
	case m.help:
		m.help = false
		return m.redrawPicture()
	case name == "?":
		m.help = true
		return m.erasePicture()
	case name == "p", name == "space":
		m.paused = !m.paused
	case m.detail != nil:
		return m.detail.press(m, name)
	default:
		return m.pressInList(name)
	}
	return nil
}

func (m *model) pressInList(name string) tea.Cmd {
	switch name {
	case "r":
		return m.refresh()
	case "s":
		m.list.sortByNext(m.width)
	case "enter", "right", "l":
		if i, ok := m.list.selected(); ok {
			m.detail = &detail{info: i}
		}
	default:
		m.list.press(name, m.listRows())
	}
	return nil
}

func (m *model) quit() tea.Cmd { return tea.Sequence(m.erasePicture(), tea.Quit) }

// View draws: it is part of tea.Model.
func (m *model) View() tea.View {
	var lines []string
	switch {
	case m.help:
		lines = m.helpLines()
	case m.detail != nil:
		lines = m.detailLines()
	default:
		lines = m.listLines()
	}
	for len(lines) < m.height-1 {
		lines = append(lines, "")
	}
	lines = append(lines[:max(0, m.height-1)], m.footer())
	for n, line := range lines {
		lines[n] = ansi.Truncate(line, m.width, "")
	}
	return tea.View{Content: strings.Join(lines, "\n"), AltScreen: true, WindowTitle: "qtpeer top"}
}
