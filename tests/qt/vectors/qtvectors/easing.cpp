#include "groups.h"
#include "text.h"
#include "vectors.h"

static QEasingCurve curve(QEasingCurve::Type type, double amplitude, double period, double overshoot)
{
    QEasingCurve curve(type);
    curve.setAmplitude(amplitude);
    curve.setPeriod(period);
    curve.setOvershoot(overshoot);
    return curve;
}

static QEasingCurve bezier()
{
    QEasingCurve curve(QEasingCurve::BezierSpline);
    curve.addCubicBezierSegment({0.25, 0.1}, {0.5, 0.9}, {0.5, 0.5});
    curve.addCubicBezierSegment({0.6, 0.1}, {0.75, 1}, {1, 1});
    return curve;
}

// A TCB spline that has not reached its end has no other spline yet. Qt's interface does not show its segments.
static Sample tcb()
{
    QEasingCurve curve(QEasingCurve::TCBSpline);
    curve.addTCBSegment({0.5, 0.25}, 0.125, 0.375, 0.75);
    Sample s = sample("QEasingCurve", curve);
    const QByteArray segments = R"(,"tcb":[{"x":0.5,"y":0.25,"t":0.125,"c":0.375,"b":0.75}]})";
    s.value.replace(s.value.size() - 1, 1, segments);
    s.read = [curve, value = s.value](QDataStream &in) {
        QEasingCurve back;
        in >> back;
        return back == curve ? value : text(back);
    };
    return s;
}

void printEasing()
{
    QList<QEasingCurve> curves{curve(QEasingCurve::OutBounce, 2, 0.5, 3), curve(QEasingCurve::InElastic, 0.1, 0.7, 0),
                               curve(QEasingCurve::OutInBack, 1, 0.3, 2.5), curve(QEasingCurve::Linear, 2, 0.5, 3), bezier()};
    for (int type = QEasingCurve::Linear; type <= QEasingCurve::TCBSpline; ++type)
        curves.append(QEasingCurve(QEasingCurve::Type(type)));
    QList<Sample> samples{tcb()};
    for (const QEasingCurve &curve : curves)
        samples.append(sample("QEasingCurve", curve));
    for (Sample &s : samples) {
        s.address = 1;
        print(s);
    }
}
