#include "ui/widgets/floatingmessage.h"

#include <QEvent>
#include <QLayout>

#include <chrono>
#include <utility>

namespace digitpad {

namespace {

using namespace std::chrono_literals;

constexpr auto toRead = 5s;
constexpr auto toDecide = 10s;

} // namespace

FloatingMessage::FloatingMessage(QWidget* parent)
    : MessageBar(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &MessageBar::dismiss);
    connect(this, &MessageBar::actionTriggered, this, &FloatingMessage::onAction);
    parent->installEventFilter(this);
}

void FloatingMessage::say(Tone tone, const QString& text, const QString& actionText,
                          std::function<void()> action)
{
    m_action = std::move(action);
    showMessage(tone, text, actionText);
    place();
    if (tone == Tone::Success || tone == Tone::Info) {
        m_timer.start(actionText.isEmpty() ? toRead : toDecide);
    } else {
        m_timer.stop();
    }
}

void FloatingMessage::onAction()
{
    const auto action = std::exchange(m_action, {});
    dismiss();
    if (action) {
        action();
    }
}

void FloatingMessage::setMargins(int side, int bottom)
{
    m_side = side;
    m_bottom = bottom;
    place();
}

void FloatingMessage::place()
{
    const QSize room = parentWidget()->size();
    const int width = room.width() - 2 * m_side;
    const int height = layout()->totalHeightForWidth(width);
    setGeometry(m_side, room.height() - m_bottom - height, width, height);
    raise();
}

bool FloatingMessage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        place();
    }
    return MessageBar::eventFilter(watched, event);
}

} // namespace digitpad
