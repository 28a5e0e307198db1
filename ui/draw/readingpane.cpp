#include "ui/draw/readingpane.h"

#include "core/ink/drawing.h"
#include "core/learning/recognizer.h"
#include "ui/draw/predictionview.h"
#include "ui/draw/whypanel.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QSettings>
#include <QToolButton>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int columnGap = 24;
/// Tools above the pad, and margins.
constexpr int besidePad = 66;
/// A pad of this side is large enough to draw on, however large it could be.
constexpr int ampleSide = 560;

QString openSetting()
{
    return QStringLiteral("draw/why");
}

} // namespace

ReadingPane::ReadingPane(const Recognizer* recognizer, const Drawing* drawing, PredictionView* prediction,
                         QAction* why, QWidget* parent)
    : QWidget(parent)
    , m_prediction(prediction)
    , m_panel(new WhyPanel(this))
    , m_why(why)
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->addWidget(m_prediction);
    m_layout->addWidget(m_panel, 1);
    addButton();
    follow(recognizer, drawing);
    m_why->setChecked(QSettings().value(openSetting()).toBool());
    connect(m_why, &QAction::toggled, this, &ReadingPane::setOpen);
    parent->installEventFilter(this);
    arrange();
}

void ReadingPane::addButton()
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("whyButton"));
    button->setDefaultAction(m_why);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus); // A click leaves the focus on the pad.
    m_prediction->setCornerWidget(button);
}

void ReadingPane::follow(const Recognizer* recognizer, const Drawing* drawing)
{
    const auto showState = [this, recognizer] { m_panel->setState(recognizer->state()); };
    const auto showModel = [this, recognizer] { m_panel->setModel(recognizer->model()); };
    connect(recognizer, &Recognizer::stateChanged, m_panel, showState);
    connect(recognizer, &Recognizer::modelChanged, m_panel, showModel);
    connect(recognizer, &Recognizer::predicted, m_panel, &WhyPanel::setPrediction);
    connect(drawing, &Drawing::emptyChanged, m_panel, &WhyPanel::setPadEmpty);
    showState();
    showModel();
}

void ReadingPane::setOpen(bool open)
{
    QSettings().setValue(openSetting(), open);
    arrange();
}

bool ReadingPane::roomForBoth() const
{
    const QSize room = parentWidget()->size();
    const int padWidth = room.width() - 2 * m_prediction->width() - 3 * columnGap;
    return padWidth >= std::min(room.height() - besidePad, ampleSide);
}

void ReadingPane::arrange()
{
    const bool open = m_why->isChecked();
    const bool both = roomForBoth();
    m_layout->setDirection(both ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_layout->setSpacing(both ? columnGap : 0);
    m_prediction->setDetailsVisible(!open || both);
    m_panel->setVisible(open);
}

bool ReadingPane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        arrange();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace digitpad
