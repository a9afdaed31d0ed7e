#include "groups.h"
#include "text_gui.h"
#include "vectors.h"

static QSizePolicy policy(const std::function<void(QSizePolicy &)> &change)
{
    QSizePolicy policy;
    change(policy);
    return policy;
}

void printWidgetTypes()
{
    using P = QSizePolicy;
    print<P>("QSizePolicy", {P(), P(P::Expanding, P::MinimumExpanding), P(P::Ignored, P::Maximum, P::ComboBox),
                             policy([](P &p) { p.setHorizontalStretch(3); }), policy([](P &p) { p.setVerticalStretch(255); }),
                             policy([](P &p) { p.setHeightForWidth(true); }), policy([](P &p) { p.setWidthForHeight(true); }),
                             policy([](P &p) { p.setRetainSizeWhenHidden(true); }), policy([](P &p) {
                                 p.setControlType(P::ToolButton);
                             })});
    print<QKeySequence>("QKeySequence", {QKeySequence(), QKeySequence(int(Qt::CTRL) + int(Qt::Key_A)),
                                         QKeySequence("Ctrl+K, Shift+Alt+Meta+F12, Del, A")});
}
