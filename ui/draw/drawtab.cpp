#include "ui/draw/drawtab.h"

#include "core/data/mydigits.h"
#include "ui/draw/brushsize.h"
#include "ui/draw/corrections.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/drawingcanvas.h"
#include "ui/draw/foreignmodels.h"
#include "ui/draw/numberbar.h"
#include "ui/draw/predictionview.h"
#include "ui/draw/readingpane.h"
#include "ui/widgets/floatingmessage.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr int buttonIcon = 20;

QToolButton* makeButton(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setIconSize({buttonIcon, buttonIcon});
    button->setFixedSize(buttonIcon + 14, buttonIcon + 14);
    button->setFocusPolicy(Qt::TabFocus); // A click leaves the focus on the pad.
    return button;
}

float padUnits(int percent)
{
    return Drawing::side * static_cast<float>(percent) / 100;
}

} // namespace

DrawTab::DrawTab(Recognizer* recognizer, MyDigits* digits, QWidget* parent)
    : QWidget(parent)
    , m_recognizer(recognizer)
    , m_digits(digits)
    , m_actions(new DrawActions(m_drawing.undoStack(), this))
    , m_corrections(new Corrections(&m_drawing, digits, this))
    , m_toolStrip(new QWidget(this))
    , m_canvas(new DrawingCanvas(&m_drawing, this))
    , m_brush(new BrushSize(this))
    , m_number(new NumberBar(this))
    , m_prediction(new PredictionView(this))
    , m_message(new FloatingMessage(this))
    , m_models(new ForeignModels(this))
{
    setObjectName(QStringLiteral("drawTab"));
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(0);
    m_canvas->setBrushWidth(padUnits(m_brush->percent()));
    layOut();
    connectActions();
    connectCorrections();
    connectRecognizer();
    connectNumber();
    connectModels();
}

DrawTab::~DrawTab()
{
    // The canvas is a child and would outlive the drawing, which is a member.
    delete m_canvas;
}

void DrawTab::makeToolStrip()
{
    auto* layout = new QHBoxLayout(m_toolStrip);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(makeButton(m_actions->pen, m_toolStrip));
    layout->addWidget(makeButton(m_actions->eraser, m_toolStrip));
    layout->addSpacing(10);
    layout->addWidget(m_brush, 1);
    layout->addSpacing(10);
    layout->addWidget(makeButton(m_actions->undo, m_toolStrip));
    layout->addWidget(makeButton(m_actions->redo, m_toolStrip));
    layout->addWidget(makeButton(m_actions->clear, m_toolStrip));
    layout->addStretch(1);
    layout->addWidget(makeButton(m_actions->open, m_toolStrip));
    layout->addWidget(makeButton(m_actions->save, m_toolStrip));
}

/// The strips above and below begin and end where the pad does, as far as they have the room.
void DrawTab::alignStrips()
{
    alignToPad(m_toolStrip);
    alignToPad(m_number);
}

void DrawTab::alignToPad(QWidget* strip)
{
    QLayout* layout = strip->layout();
    layout->setContentsMargins({});
    const int least = layout->minimumSize().width();
    strip->setMinimumWidth(least); // Without the margins, which must not keep the window from shrinking.
    const int room = (m_canvas->width() - least) / 2;
    const int margin = std::clamp(m_canvas->padRect().left() - 1, 0, std::max(0, room));
    layout->setContentsMargins(margin, 0, margin, 0);
}

void DrawTab::layOut()
{
    auto* pad = new QVBoxLayout;
    pad->setSpacing(8);
    makeToolStrip();
    pad->addWidget(m_toolStrip);
    pad->addWidget(m_canvas, 1);
    pad->addWidget(m_number);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(24);
    columns->addLayout(pad, 1);
    columns->addWidget(new ReadingPane(m_recognizer, &m_drawing, m_prediction, m_actions->why, this));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->addLayout(columns, 1);
    setFocusProxy(m_canvas);
    connect(m_canvas, &DrawingCanvas::padMoved, this, &DrawTab::alignStrips);
    setTabOrder(m_canvas, m_brush);
}

void DrawTab::connectRecognizer()
{
    const auto showState = [this] {
        m_prediction->setModelChoosable(m_recognizer->engine() != nullptr);
        m_prediction->setState(m_recognizer->state(), m_recognizer->message());
    };
    const auto showModel = [this] {
        const auto model = m_recognizer->model();
        m_prediction->setModel(m_recognizer->modelName(), model ? model->info().digitScoring : std::nullopt);
    };
    connect(m_recognizer, &Recognizer::stateChanged, this, showState);
    connect(m_recognizer, &Recognizer::modelChanged, this, showModel);
    connect(m_recognizer, &Recognizer::modelFailed, this,
            [this](const QString& message) { say(Tone::Error, message); });
    connect(m_recognizer, &Recognizer::predicted, m_prediction, &PredictionView::setPrediction);
    connect(m_prediction, &PredictionView::chooseModelRequested, this, &DrawTab::chooseModel);
    connect(&m_drawing, &Drawing::changed, this, [this] { m_readTimer.start(); });
    connect(&m_readTimer, &QTimer::timeout, this, &DrawTab::readDrawing);
    connect(&m_drawing, &Drawing::emptyChanged, m_prediction, &PredictionView::setPadEmpty);
    connect(&m_drawing, &Drawing::emptyChanged, m_actions, &DrawActions::setPadEmpty);
    showState();
    showModel();
}

void DrawTab::connectNumber()
{
    const auto show = [this](const NumberReading& reading) {
        m_canvas->setReading(reading);
        m_number->setReading(reading);
        m_corrections->setReading(reading);
    };
    connect(m_recognizer, &Recognizer::numberRead, this, [this, show](const NumberReading& reading) {
        show(m_drawing.empty() ? NumberReading() : reading); // It may be of what was cleared meanwhile.
    });
    connect(&m_drawing, &Drawing::emptyChanged, this, [show](bool empty) {
        if (empty) {
            show({});
        }
    });
    connect(m_number, &NumberBar::copied, this,
            [this](const QString& number) { say(Tone::Success, tr("Copied %1.").arg(number)); });
    addAction(m_number->copyAction());
}

void DrawTab::connectActions()
{
    using Tool = DrawingCanvas::Tool;
    connect(m_actions->pen, &QAction::triggered, this, [this] { m_canvas->setTool(Tool::Pen); });
    connect(m_actions->eraser, &QAction::triggered, this, [this] { m_canvas->setTool(Tool::Eraser); });
    connect(m_actions->smaller, &QAction::triggered, m_brush, &BrushSize::stepDown);
    connect(m_actions->larger, &QAction::triggered, m_brush, &BrushSize::stepUp);
    connect(m_brush, &BrushSize::percentChanged, m_canvas,
            [this](int percent) { m_canvas->setBrushWidth(padUnits(percent)); });
    connect(m_brush, &BrushSize::adjusting, m_canvas, &DrawingCanvas::setBrushPreview);
    connect(m_actions->undo, &QAction::triggered, this, [this] {
        if (m_drawing.gestureInProgress()) {
            m_drawing.cancelGesture();
        } else {
            m_drawing.undoStack()->undo();
        }
    });
    connect(m_actions->redo, &QAction::triggered, m_drawing.undoStack(), &QUndoStack::redo);
    connect(m_actions->clear, &QAction::triggered, &m_drawing, &Drawing::clear);
    connect(m_actions->open, &QAction::triggered, this, &DrawTab::chooseFileToOpen);
    connect(m_actions->save, &QAction::triggered, this, &DrawTab::chooseFileToSave);
    connect(m_actions->copy, &QAction::triggered, this, &DrawTab::copyPicture);
    connect(m_actions->paste, &QAction::triggered, this, &DrawTab::pastePicture);
    // Those that no menu of the window holds work all the same.
    addActions({m_actions->pen, m_actions->eraser, m_actions->smaller, m_actions->larger, m_actions->undo,
                m_actions->redo, m_actions->clear, m_actions->open, m_actions->save, m_actions->copy,
                m_actions->paste, m_actions->why});
}

void DrawTab::connectCorrections()
{
    connect(m_prediction, &PredictionView::digitClicked, m_corrections, &Corrections::keep);
    connect(m_corrections, &Corrections::said, this, [this](Tone tone, const QString& text, bool undoable) {
        if (undoable) {
            say(tone, text, tr("Undo"), [this] { m_corrections->undo(); });
        } else {
            say(tone, text);
        }
    });
    for (QAction* action : m_corrections->actions()) {
        addAction(action);
    }
}

void DrawTab::showDigit(quint64 id)
{
    if (const MyDigit* digit = m_digits->find(id)) {
        m_message->dismiss();
        m_drawing.replace({digit->ink, nullptr}, tr("open from My digits"), true);
        m_corrections->setShown(id);
    }
}

void DrawTab::readDrawing()
{
    m_recognizer->read(m_drawing.content());
}

void DrawTab::focusPad()
{
    m_canvas->setFocus(Qt::OtherFocusReason);
}

void DrawTab::report(const Error& error)
{
    if (!error.details.empty()) {
        qWarning("%s (%s)", error.message.c_str(), error.details.c_str());
    }
    say(Tone::Error, QString::fromStdString(error.message));
}

void DrawTab::say(Tone tone, const QString& text, const QString& actionText, std::function<void()> action)
{
    m_message->say(tone, text, actionText, std::move(action));
}

void DrawTab::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        m_message->dismiss();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace digitpad
