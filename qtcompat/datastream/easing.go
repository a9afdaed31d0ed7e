package datastream

import "fmt"

// QEasingCurve is a QEasingCurve without a function of the program (QEasingCurve::Custom), of which the stream has an
// address only. The zero value is QEasingCurve().
type QEasingCurve struct {
	Type   uint8         `json:"type"`   // QEasingCurve::Type, 0 Linear to 46 TCBSpline
	Config *EasingConfig `json:"config"` // nil for the curves without parameters
}

// EasingConfig has the parameters of a QEasingCurve.
type EasingConfig struct {
	Period    float64    `json:"period"`
	Amplitude float64    `json:"amplitude"`
	Overshoot float64    `json:"overshoot"`
	Bezier    []QPointF  `json:"bezier"` // of BezierSpline, three for each segment; from version 19 on
	TCB       []TCBPoint `json:"tcb"`    // of TCBSpline, one for each segment; from version 19 on
}

// TCBPoint is a segment of a TCBSpline, as QEasingCurve::addTCBSegment takes it.
type TCBPoint struct {
	Point      QPointF `json:"point"`
	Tension    float64 `json:"tension"`
	Continuity float64 `json:"continuity"`
	Bias       float64 `json:"bias"`
}

// lastEasingType is QEasingCurve::TCBSpline (src/corelib/tools/qeasingcurve.h).
const lastEasingType = 46

// AppendQEasingCurve appends a QEasingCurve. Before version 19 it loses Bezier and TCB.
//
// The address of the curve's function comes second in the stream, written here as 0. Qt from 6.8.3 on does the same and
// uses no address that it reads. Qt 5.15 and 6 up to 6.7.3 write and use it: there a curve without Config is Linear,
// whatever Type says, until the program sets its type anew.
func (f Format) AppendQEasingCurve(b []byte, v QEasingCurve) []byte {
	b = f.AppendUint64(append(b, v.Type), 0)
	b = f.AppendBool(b, v.Config != nil)
	if v.Config == nil {
		return b
	}
	b = f.AppendFloat64(b, v.Config.Period)
	b = f.AppendFloat64(b, v.Config.Amplitude)
	b = f.AppendFloat64(b, v.Config.Overshoot)
	if f.version() < V5_13 {
		return b
	}
	b = AppendList(f, b, v.Config.Bezier, Format.AppendQPointF)
	return AppendList(f, b, v.Config.TCB, Format.appendTCBPoint)
}

func (f Format) appendTCBPoint(b []byte, v TCBPoint) []byte {
	b = f.AppendFloat64(f.AppendQPointF(b, v.Point), v.Tension)
	return f.AppendFloat64(f.AppendFloat64(b, v.Continuity), v.Bias)
}

// QEasingCurve reads a QEasingCurve. A type above 46 is an error.
func (r *Reader) QEasingCurve() QEasingCurve {
	return composite(r, "QEasingCurve", func() QEasingCurve {
		v := QEasingCurve{Type: r.Uint8()}
		if v.Type > lastEasingType {
			r.fail("QEasingCurve", fmt.Errorf("%w: type %d", ErrCorrupt, v.Type))
		}
		r.Uint64()
		if r.Bool() {
			v.Config = r.easingConfig()
		}
		return v
	})
}

func (r *Reader) easingConfig() *EasingConfig {
	c := &EasingConfig{Period: r.Float64(), Amplitude: r.Float64(), Overshoot: r.Float64()}
	if r.format.version() >= V5_13 {
		c.Bezier = ReadList(r, (*Reader).QPointF)
		c.TCB = ReadList(r, (*Reader).tcbPoint)
	}
	return c
}

func (r *Reader) tcbPoint() TCBPoint {
	return TCBPoint{r.QPointF(), r.Float64(), r.Float64(), r.Float64()}
}
